// The order of events: numbers each event, passes it to the listeners, and keeps the state that results from the events
// so far.
import type { EventBody, LabEvent } from '../../../shared/events'
import type { ConnectionId, PacketId, SimMs } from '../../../shared/ids'
import { SNAPSHOT_PACKETS } from '../../../shared/limits'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import type { State } from '../../../shared/state/state'
import type { Clock } from '../clock/clock'

/** Rounds simulated time to the microsecond, the precision of events. */
export function toMicroseconds(time: SimMs): SimMs {
  return Math.round(time * 1000) / 1000
}

type Numbered = EventBody & { seq: number; at: number }

/** Events that may wait to be reduced: reducing in batches is cheaper. */
const REDUCE_EVERY = 1_024

export class Journal {
  private seq = 0
  private lastPacket = 0
  private lastConnection = 0
  private reduced = INITIAL_STATE
  private waiting: LabEvent[] = []
  private readonly listeners = new Set<(event: LabEvent) => void>()

  /** `session`: the name of the session whose events these are. */
  constructor(
    private readonly clock: Clock,
    readonly session = '',
  ) {}

  emit(body: EventBody): void {
    // The body itself becomes the event: at a hundred thousand events a second, copies would cost too much.
    const event = body as Numbered
    event.seq = ++this.seq
    event.at = toMicroseconds(this.clock.now())
    this.waiting.push(event)
    if (this.waiting.length === REDUCE_EVERY) this.reduceWaiting()
    for (const listener of this.listeners) listener(event)
  }

  /** The state after the last event, with the packets of a screen's first snapshot. */
  get state(): State {
    this.reduceWaiting()
    return this.reduced
  }

  subscribe(listener: (event: LabEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  nextPacket(): PacketId {
    return ++this.lastPacket
  }

  nextConnection(): ConnectionId {
    return ++this.lastConnection
  }

  private reduceWaiting(): void {
    this.reduced = reduce(this.reduced, this.waiting, SNAPSHOT_PACKETS)
    this.waiting = []
  }
}
