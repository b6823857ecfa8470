// Breakpoints: which packets have to stop in the middle of their link?
import type { Command } from '../../../shared/commands'
import type { Breakpoint, LabEvent } from '../../../shared/events'
import { type Filter, parseFilter } from '../../../shared/filter/filter'
import { factsOf } from '../../../shared/filter/state-facts'
import type { BreakpointId, ExchangeId } from '../../../shared/ids'
import { MAX_BREAKPOINTS } from '../../../shared/limits'
import { putBefore } from '../../../shared/put-before'
import type { Packet } from '../../../shared/state/state'
import { CommandError } from '../command-error'
import type { Journal } from '../story/journal'

/** A breakpoint that has stopped a packet or will stop it. */
export interface Stop {
  readonly breakpoint: BreakpointId
  readonly once: boolean
}

interface Armed {
  breakpoint: Breakpoint
  filter: Filter
}

export class Breakpoints {
  private readonly armed = new Map<BreakpointId, Armed>()
  private lastId = 0
  private anyEnabled = false
  /**
   * The questions of unfinished exchanges, kept while a breakpoint is enabled: a filter may check an answer's question,
   * which the state may have forgotten.
   */
  private readonly questions = new Map<ExchangeId, Packet>()
  /** Is called after a breakpoint for a single packet was used up. */
  onUsedUp: () => void = () => {}
  private stopListening: (() => void) | undefined

  constructor(private readonly journal: Journal) {}

  /** Whether any breakpoint is enabled: without one, links need not call `match`. */
  get active(): boolean {
    return this.anyEnabled
  }

  /** The breakpoint that stops a packet being sent. A breakpoint for a single packet is then used up. */
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
      if (breakpoint.once) {
        this.delete(breakpoint.id)
        this.onUsedUp()
      }
      return { breakpoint: breakpoint.id, once: breakpoint.once }
    }
    return undefined
  }

  /** Whether a packet that matched when it was sent still has to stop. */
  stillStops({ breakpoint, once }: Stop): boolean {
    return once || this.armed.get(breakpoint)?.breakpoint.enabled === true
  }

  /** Sets a new breakpoint or, with an id, changes one: omitted fields keep their values. */
  set(wish: Omit<Extract<Command, { type: 'setBreakpoint' }>, 'type'>): void {
    const before = wish.id === undefined ? undefined : this.known(wish.id).breakpoint
    checkedFilter(wish.filter)
    if (before === undefined) this.checkRoom()
    this.arm({
      id: before?.id ?? ++this.lastId,
      filter: wish.filter,
      once: wish.once ?? before?.once ?? false,
      enabled: wish.enabled ?? before?.enabled ?? true,
    })
  }

  /** Sets a removed breakpoint again, with its former id. */
  restore(breakpoint: Breakpoint): void {
    this.checkRoom()
    this.arm(breakpoint)
  }

  remove(id: BreakpointId): void {
    this.known(id)
    this.delete(id)
  }

  clear(): void {
    for (const id of [...this.armed.keys()]) this.delete(id)
  }

  private checkRoom(): void {
    if (this.armed.size >= MAX_BREAKPOINTS) {
      throw new CommandError(
        `There are ${MAX_BREAKPOINTS} breakpoints already: remove some of them first.`,
      )
    }
  }

  private arm(breakpoint: Breakpoint): void {
    const { id } = breakpoint
    const armed = { breakpoint, filter: checkedFilter(breakpoint.filter) }
    if (this.armed.has(id)) this.armed.set(id, armed)
    else
      putBefore(
        this.armed,
        id,
        armed,
        [...this.armed.keys()].find((other) => other > id),
      )
    this.journal.emit({ type: 'breakpoint.set', breakpoint })
    this.listenWhileEnabled()
  }

  private delete(id: BreakpointId): void {
    this.armed.delete(id)
    this.journal.emit({ type: 'breakpoint.removed', breakpoint: id })
    this.listenWhileEnabled()
  }

  private known(id: BreakpointId): Armed {
    const armed = this.armed.get(id)
    if (armed === undefined) throw new CommandError(`There is no breakpoint ${id}.`)
    return armed
  }

  /** Listens to the journal only while a breakpoint is enabled. */
  private listenWhileEnabled(): void {
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

function checkedFilter(text: string): Filter {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new CommandError(parsed.error, "A breakpoint's condition is none.")
  return parsed.filter
}
