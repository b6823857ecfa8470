// For tests of the past: a running session, and a history over a list of events.

import type { EventBody, LabEvent } from '../../../shared/events'
import { encodeEvents } from '../../../shared/feed/frame'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import type { State } from '../../../shared/state/state'
import { fakeBridge } from '../line/testing'
import type { Extent, GrowingHistory, Moment } from './history/history'

export const PROXY_ADDED: EventBody = {
  type: 'node.added',
  node: { id: 'proxy', role: 'proxy', origin: 'inside' },
}

/** A client's message; the test says when it is due. */
export const SENT = {
  type: 'packet.sent',
  packet: 1,
  exchange: 1,
  kind: 0,
  from: 'client:1',
  to: 'proxy',
  connection: 1,
  bytes: new Uint8Array(0),
  copyOf: null,
} as const

/** Events numbered from `first`; each is given as its time and its body. */
export function story(bodies: readonly (readonly [number, EventBody])[], first = 1): LabEvent[] {
  return bodies.map(([at, body], index) => ({ seq: first + index, at, ...body }))
}

/** A running session over a fake bridge: its recording is the events, one byte each. */
export class FakeSession {
  readonly line = fakeBridge()
  readonly events: LabEvent[] = []
  private frames = 0
  private paused = false
  private readonly last = () => this.events.at(-1)

  constructor() {
    this.line.read = async (from) => {
      const end = this.events.length
      return { bytes: new Uint8Array(end - from), from, end }
    }
    this.line.answer = async (command) => {
      // Pauses as the engine does when a window looks back.
      if (command.type === 'lookBack' && command.pausesLab && !this.paused) this.setPaused(true)
      if (command.type === 'returnToLive' && this.paused) this.setPaused(false)
      return { ok: true }
    }
  }

  private setPaused(paused: boolean): void {
    this.paused = paused
    this.happen([this.last()?.at ?? 0, { type: 'clock.changed', paused, speed: 1 }])
  }

  /** Appends events, and sends them as one frame. */
  happen(...bodies: (readonly [number, EventBody])[]): void {
    const news = story(bodies, this.events.length + 1)
    this.events.push(...news)
    this.line.frame(encodeEvents(++this.frames, this.last()?.at ?? 0, news))
  }

  /** A history of this session. */
  history(): FakeHistory {
    return new FakeHistory(this.events, 0)
  }
}

/** A history over a list of events, of which it has the first `known`. While `held`, seeks wait for `letSeek`. */
export class FakeHistory implements GrowingHistory {
  /** The moments that were sought, in order. */
  readonly sought: Moment[] = []
  closed = false
  cleared = 0
  held = false
  private waiting: (() => void)[] = []

  constructor(
    private readonly all: readonly LabEvent[],
    private known = all.length,
  ) {}

  get extent(): Extent {
    const events = this.mine()
    const [first, last] = [events[0], events.at(-1)]
    return {
      from: first?.at ?? 0,
      to: last?.at ?? 0,
      firstSeq: first?.seq ?? 0,
      lastSeq: last?.seq ?? 0,
      packets: this.stateAfter(events.length).packets.end,
    }
  }

  async seek(moment: Moment): Promise<State> {
    this.sought.push(moment)
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve))
    return this.stateAfter(this.countAt(moment))
  }

  /** Finishes the seeks that wait. */
  letSeek(): void {
    for (const resolve of this.waiting.splice(0)) resolve()
  }

  async events(afterSeq: number, count: number): Promise<LabEvent[]> {
    return this.mine()
      .filter(({ seq }) => seq > afterSeq)
      .slice(0, count)
  }

  async append(bytes: Uint8Array): Promise<Extent> {
    this.known += bytes.length
    // A worker takes them like this.
    structuredClone(bytes, { transfer: [bytes.buffer] })
    return this.extent
  }

  async clear(): Promise<void> {
    this.known = 0
    this.cleared++
  }

  async packets() {
    return []
  }
  async exchange() {
    return []
  }
  async find() {
    return new Uint32Array()
  }
  async recording() {
    return new Blob()
  }
  async capture() {
    return new Blob()
  }
  close(): void {
    this.closed = true
  }

  private mine(): readonly LabEvent[] {
    return this.all.slice(0, this.known)
  }

  private stateAfter(count: number): State {
    return reduce(INITIAL_STATE, this.mine().slice(0, count))
  }

  /** How many events have happened by a moment. */
  private countAt(moment: Moment): number {
    const events = this.mine()
    const upTo = (at: number) => events.filter((event) => event.at <= at).length
    if ('at' in moment) return Math.max(1, upTo(moment.at))
    if ('seq' in moment) return events.filter(({ seq }) => seq <= moment.seq).length
    if ('after' in moment) {
      const here = events.find(({ seq }) => seq === moment.after)?.at ?? Number.NEGATIVE_INFINITY
      return upTo(events.find(({ at }) => at > here)?.at ?? Number.POSITIVE_INFINITY)
    }
    const here = events.find(({ seq }) => seq === moment.before)?.at ?? 0
    return upTo(events.findLast(({ at }) => at < here)?.at ?? events[0]?.at ?? 0)
  }
}
