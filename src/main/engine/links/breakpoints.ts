// Breakpoints, and what can be done with the packets that they hold. The links hold them (link.ts); here is told
// which are to be held, and which link has which.
import type { Command } from '../../../shared/commands'
import type { Breakpoint, LabEvent } from '../../../shared/events'
import { factsOf } from '../../../shared/filter/facts'
import { type Filter, parseFilter } from '../../../shared/filter/filter'
import type { BreakpointId, ExchangeId, PacketId } from '../../../shared/ids'
import { MAX_BREAKPOINTS } from '../../../shared/limits'
import type { Packet } from '../../../shared/state/state'
import { CommandError } from '../command-error'
import type { Journal } from '../journal'
import { scanWhole } from '../protocol/scan-whole'

/** A link that has stopped packets. What cannot be done with one of them is a CommandError. */
export interface Holder {
  release(packet: PacketId): void
  /** As `release`, and says nothing where it waits behind another one. */
  letGo(packet: PacketId): void
  take(packet: PacketId): void
  sendTwice(packet: PacketId): void
  edit(packet: PacketId, bytes: Uint8Array): void
}

/** A breakpoint that has stopped a packet, or is going to. */
export interface Stop {
  readonly breakpoint: BreakpointId
  readonly once: boolean
}

interface Armed {
  breakpoint: Breakpoint
  filter: Filter
}

export class Holds {
  private readonly armed = new Map<BreakpointId, Armed>()
  private readonly holders = new Map<PacketId, Holder>()
  private lastId = 0
  private anyEnabled = false
  /**
   * Questions of the exchanges that go on, while there are breakpoints: the state has forgotten some of them by the
   * time that their answers are sent.
   */
  private readonly questions = new Map<ExchangeId, Packet>()
  private stopListening: (() => void) | undefined

  constructor(private readonly journal: Journal) {}

  /** Whether there is a breakpoint that could hold anything: without one, links need not ask. */
  get active(): boolean {
    return this.anyEnabled
  }

  /** The breakpoint that stops this packet, which is being sent. One that holds a single packet is used up by it. */
  match(packet: Packet): Stop | undefined {
    const { journal, questions } = this
    if (packet.exchange === packet.id) questions.set(packet.id, packet)
    const facts = factsOf(packet, {
      get packets() {
        return journal.state.packets
      },
      inFlight: questions,
    })
    for (const { breakpoint, filter } of this.armed.values()) {
      if (!breakpoint.enabled || !filter.matches(facts)) continue
      if (breakpoint.once) this.remove(breakpoint.id)
      return { breakpoint: breakpoint.id, once: breakpoint.once }
    }
    return undefined
  }

  /** Whether a packet that it was going to stop is to be stopped still. */
  stands({ breakpoint, once }: Stop): boolean {
    return once || this.armed.get(breakpoint)?.breakpoint.enabled === true
  }

  /** Told by a link: it has stopped this packet, for whatever reason. */
  held(packet: PacketId, holder: Holder): void {
    this.holders.set(packet, holder)
  }

  /** Told by a link: the packet is held no more. */
  ended(packet: PacketId): void {
    this.holders.delete(packet)
  }

  /** Sets a new one or, with an id, changes one: what is left out stays as it was. */
  setBreakpoint(wish: Omit<Extract<Command, { type: 'setBreakpoint' }>, 'type'>): void {
    const before = wish.id === undefined ? undefined : this.known(wish.id).breakpoint
    const parsed = parseFilter(wish.filter)
    if (!parsed.ok) throw new CommandError(parsed.error, "A breakpoint's condition is none.")
    if (before === undefined && this.armed.size >= MAX_BREAKPOINTS) {
      throw new CommandError(
        `There are ${MAX_BREAKPOINTS} breakpoints already: remove some of them first.`,
      )
    }
    const breakpoint: Breakpoint = {
      id: before?.id ?? ++this.lastId,
      filter: wish.filter,
      once: wish.once ?? before?.once ?? false,
      enabled: wish.enabled ?? before?.enabled ?? true,
    }
    this.armed.set(breakpoint.id, { breakpoint, filter: parsed.filter })
    this.journal.emit({ type: 'breakpoint.set', breakpoint })
    this.look()
  }

  removeBreakpoint(id: BreakpointId): void {
    this.known(id)
    this.remove(id)
  }

  release(packet: PacketId): void {
    this.holderOf(packet).release(packet)
  }

  releaseAll(): void {
    for (const [packet, holder] of [...this.holders]) holder.letGo(packet)
  }

  drop(packet: PacketId): void {
    this.holderOf(packet).take(packet)
  }

  sendTwice(packet: PacketId): void {
    this.holderOf(packet).sendTwice(packet)
  }

  /** The bytes are one message, or one thing that is none. */
  edit(packet: PacketId, bytes: Uint8Array): void {
    const holder = this.holderOf(packet)
    const { length } = scanWhole(bytes)
    if (length === 0) {
      throw new CommandError(
        'There is nothing in these bytes but white space: drop the packet instead.',
      )
    }
    if (length > 1) {
      throw new CommandError(
        `These bytes are ${length} messages, one after another: a packet carries one.`,
      )
    }
    // A copy: whoever asked keeps theirs.
    holder.edit(packet, new Uint8Array(bytes))
  }

  /** A clean slate: no breakpoint is left. */
  clear(): void {
    for (const id of [...this.armed.keys()]) this.remove(id)
  }

  private remove(id: BreakpointId): void {
    this.armed.delete(id)
    this.journal.emit({ type: 'breakpoint.removed', breakpoint: id })
    this.look()
  }

  private known(id: BreakpointId): Armed {
    const armed = this.armed.get(id)
    if (armed === undefined) throw new CommandError(`There is no breakpoint ${id}.`)
    return armed
  }

  private holderOf(packet: PacketId): Holder {
    const holder = this.holders.get(packet)
    if (holder) return holder
    throw new CommandError(`Packet ${packet} is not held: ${this.whereIs(packet)}.`)
  }

  private whereIs(packet: PacketId): string {
    const { inFlight, packets } = this.journal.state
    if (inFlight.has(packet)) return 'it is on its way'
    if (packet > packets.end) return 'no such packet has been sent'
    switch (packets.at(packet - 1)?.status) {
      case 'delivered':
        return 'it has arrived'
      case 'dropped':
        return 'it was lost'
      default:
        return 'its time is long over'
    }
  }

  /** Listens to the story exactly while something could be held. */
  private look(): void {
    this.anyEnabled = [...this.armed.values()].some(({ breakpoint }) => breakpoint.enabled)
    if (this.anyEnabled === (this.stopListening !== undefined)) return
    if (!this.anyEnabled) {
      this.stopListening?.()
      this.stopListening = undefined
      this.questions.clear()
      return
    }
    const { packets, inFlight } = this.journal.state
    for (const packet of [...packets, ...inFlight.values()]) {
      if (packet.id === packet.exchange) this.questions.set(packet.id, packet)
    }
    this.stopListening = this.journal.subscribe((event) => this.listen(event))
  }

  private listen(event: LabEvent): void {
    if (event.type === 'exchange.finished') {
      this.questions.delete(event.exchange)
      return
    }
    if (event.type !== 'decision.made') return
    const question = this.questions.get(event.exchange)
    if (question) this.questions.set(event.exchange, { ...question, decision: event })
  }
}
