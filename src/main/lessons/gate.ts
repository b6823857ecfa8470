// Holds the packet that a question is about in the middle of its link, and tells if somebody takes it away.
import type { LabEvent } from '../../shared/events'
import { parseFilter } from '../../shared/filter/filter'
import type { BreakpointId, ExchangeId, PacketId, SimMs } from '../../shared/ids'
import type { EventFacts } from '../../shared/lesson/event-facts'
import type { Ask } from '../../shared/lesson/lesson'
import { LessonFault } from './fault'
import type { LessonLab } from './lab'
import type { Observer } from './observer'
import { type Awaited, DEFAULT_AT_MOST_MS, waitFor } from './wait'

export interface HeldPacket {
  readonly packet: PacketId
  /** Undefined: it belongs to none. */
  readonly exchange: ExchangeId | undefined
}

type GateBlock = NonNullable<Ask['gate']>

export class Gate {
  private breakpoint: BreakpointId | undefined
  private held: HeldPacket | undefined

  constructor(
    private readonly lab: LessonLab,
    private readonly observer: Observer,
  ) {}

  /** Resolves when the packet is held and the lab paused. Rejects with a LessonFault if it does not come. */
  async hold({ holds, send }: GateBlock, signal: AbortSignal): Promise<HeldPacket> {
    const { lab, observer } = this
    const before = new Set(lab.state.breakpoints.keys())
    await lab.give({ type: 'setBreakpoint', filter: holds, once: true })
    this.breakpoint = [...lab.state.breakpoints.keys()].find((id) => !before.has(id))
    const coming = new HeldBy(this.breakpoint, holds)
    const waiting = waitFor(coming, {
      lab,
      observer,
      atMostMs: DEFAULT_AT_MOST_MS,
      pauses: true,
      signal,
    })
    // It may be rejected while the commands below are carried out.
    waiting.catch(() => {})
    if (send !== undefined) await lab.give({ type: 'sendMessage', client: this.clientNamed(send) })
    await lab.resume()
    this.held = await waiting
    if (this.held === undefined) {
      throw new LessonFault('The packet that this question is about did not come.')
    }
    return this.held
  }

  /** What has become of the packet, as a sentence; undefined: it is still held. */
  whatHappened(event: LabEvent): string | undefined {
    if (!('packet' in event) || event.packet !== this.held?.packet) return undefined
    if (event.type === 'packet.released') {
      return 'The packet that waited for your answer was released before there was one.'
    }
    if (event.type === 'packet.dropped') {
      return 'The packet that waited for your answer was taken off its link.'
    }
    return undefined
  }

  /** Lets the packet go on; takes back what would hold another one. */
  async open(): Promise<void> {
    const { lab, held, breakpoint } = this
    this.held = undefined
    this.breakpoint = undefined
    if (breakpoint !== undefined && lab.state.breakpoints.has(breakpoint)) {
      await lab.give({ type: 'removeBreakpoint', id: breakpoint }).catch(() => {})
    }
    if (held !== undefined && lab.state.inFlight.get(held.packet)?.held !== undefined) {
      await lab.give({ type: 'release', packet: held.packet }).catch(() => {})
    }
  }

  private clientNamed(id: string): string {
    for (const node of this.lab.state.nodes.values()) {
      if (node.role === 'client' && node.origin === 'inside' && node.protocolId === id) {
        return node.id
      }
    }
    throw new LessonFault(`There is no client ${id} to send the message.`)
  }
}

/** Another breakpoint of the lab may be the one that holds the packet. */
class HeldBy implements Awaited<HeldPacket> {
  readonly dueAt = undefined
  result: HeldPacket | undefined
  private readonly holds: ReturnType<typeof parseFilter>

  constructor(
    private readonly breakpoint: BreakpointId | undefined,
    filter: string,
  ) {
    this.holds = parseFilter(filter)
  }

  apply(event: LabEvent, facts: EventFacts): void {
    if (event.type !== 'packet.held' || event.breakpoint === null) return
    const about = facts.of(event)
    if (about === undefined) return
    const isMeant =
      event.breakpoint === this.breakpoint || (this.holds.ok && this.holds.filter.matches(about))
    if (!isMeant) return
    const { exchange } = about
    this.result = { packet: event.packet, exchange: exchange === 0 ? undefined : exchange }
  }

  pass(_at: SimMs): void {}
}
