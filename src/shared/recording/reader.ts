// Reads a recording, whole or while it grows, and returns its states, events and packets at any moment.
import { PcapngWriter } from '../capture/pcapng'
import type { LabEvent } from '../events'
import type { ExchangeId, PacketId, SimMs } from '../ids'
import type { Packet, State } from '../state/state'
import { appendBlocks, unfinished } from './append-blocks'
import { findPackets, type Query } from './find'
import type { RecordingHead } from './format'
import type { Helpers } from './helpers'
import { LoadedRecording, paced, UNHURRIED, type WorkStep } from './loaded-recording'
import { noticeOf } from './notice'
import { exchangeIds, packetsAt } from './packets-at'
import { type Moment, StatesAt } from './states-at'
import { encodeEnd } from './writer'

export type { Moment, Query, RecordingHead, WorkStep }

/** The extent of a recording, in simulated time. All 0 if it has no events. */
export interface Extent {
  from: SimMs
  to: SimMs
  firstSeq: number
  lastSeq: number
  /** Packets have the ids 1 to this one. */
  packets: number
  /** A sentence about what was omitted from a newer version's recording. Omitted: nothing was. */
  notice?: string
}

export class RecordingReader {
  private loaded: LoadedRecording
  private states: StatesAt
  private extentNow: Extent = { from: 0, to: 0, firstSeq: 0, lastSeq: 0, packets: 0 }
  /** Bytes are added one after another; meanwhile, answers are based on the earlier ones. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(private readonly helpers?: Helpers) {
    this.loaded = new LoadedRecording(helpers)
    this.states = new StatesAt(this.loaded)
  }

  get extent(): Extent {
    return this.extentNow
  }

  get head(): RecordingHead | undefined {
    return this.loaded.head
  }

  /**
   * Adds bytes of a recording: from its head on, or from the end of the earlier ones. Rejects and changes nothing if
   * the bytes are damaged or not a recording, with an Error for the user, or if it is cancelled.
   */
  append(bytes: Uint8Array, step: WorkStep = UNHURRIED): Promise<Extent> {
    return this.inTurn(() => this.take(bytes, step, false))
  }

  /** The same for all bytes of a recording, which must be complete. */
  open(bytes: Uint8Array, step: WorkStep = UNHURRIED): Promise<Extent> {
    return this.inTurn(() => this.take(bytes, step, true))
  }

  /** Forgets everything: the next bytes begin with a head. */
  clear(): Promise<void> {
    return this.inTurn(async () => this.begin())
  }

  /** The state at a moment, which is limited to the extent; it has the last PAST_PACKETS packets, or a few more. */
  async seek(moment: Moment): Promise<State> {
    const { firstSeq, lastSeq } = this.extentNow
    return this.states.seek(moment, firstSeq, lastSeq)
  }

  /** Up to `count` events after the event with this number. */
  async events(afterSeq: number, count: number): Promise<LabEvent[]> {
    const { loaded } = this
    const { firstSeq, lastSeq } = this.extentNow
    const events: LabEvent[] = []
    for (let seq = Math.max(afterSeq + 1, firstSeq); seq <= lastSeq && events.length < count; ) {
      const block = loaded.blockOf(seq)
      if (block === undefined) break
      const from = seq - block.summary.firstSeq
      const all = loaded.open.events(block)
      events.push(...all.slice(from, from + Math.min(count - events.length, lastSeq - seq + 1)))
      seq = block.summary.firstSeq + block.summary.count
    }
    return events
  }

  /** These packets in their state after event `asOf`, in this order, without those that did not exist. */
  async packets(ids: readonly PacketId[], asOf: number): Promise<Packet[]> {
    return packetsAt(this.loaded, ids, this.within(asOf))
  }

  /** An exchange's packets, in order of sending. */
  async exchange(id: ExchangeId, asOf: number): Promise<Packet[]> {
    const ids = exchangeIds(this.loaded, id, this.within(asOf))
    return packetsAt(this.loaded, ids, this.within(asOf))
  }

  /** The ids of the packets that match, in order. */
  find(query: Query, step: WorkStep = UNHURRIED): Promise<Uint32Array<ArrayBuffer>> {
    return findPackets(this.loaded, { ...query, asOf: this.within(query.asOf) }, step)
  }

  /** The bytes of a complete recording of everything, part by part. */
  recording(): Uint8Array[] {
    const { headBytes, parts } = this.loaded
    return [headBytes, ...parts, encodeEnd()]
  }

  /** The bytes of a pcapng file of everything, part by part. */
  async *capture(step: WorkStep = UNHURRIED): AsyncGenerator<Uint8Array> {
    const { head, blocks, open } = this.loaded
    const turn = paced(step)
    const [first] = blocks
    const writer = new PcapngWriter(
      { app: head?.app ?? '' },
      first && (await this.states.before(first)),
    )
    for (const [index, block] of [...blocks].entries()) {
      const realTimes = open.realTimes(block)
      const events = open.events(block)
      events.forEach((event, place) => {
        writer.add(event, realTimes[place] ?? 0)
      })
      yield* writer.take()
      await turn((index + 1) / blocks.length)
    }
    writer.finish()
    yield* writer.take()
  }

  private async take(bytes: Uint8Array, step: WorkStep, whole: boolean): Promise<Extent> {
    const { loaded, states } = this
    const restore = loaded.mark()
    try {
      await appendBlocks(loaded, states, bytes, step)
      const problem = whole ? unfinished(loaded) : undefined
      if (problem !== undefined) throw new Error(problem)
    } catch (error) {
      restore()
      throw error
    }
    loaded.columns.keep()
    const { firstSeq, lastSeq, firstAt, lastAt } = loaded.indexed
    if (firstSeq !== undefined) {
      const packets = loaded.columns.last
      const extent = { from: firstAt / 1000, to: lastAt / 1000, firstSeq, lastSeq, packets }
      const notice = noticeOf(loaded)
      this.extentNow = notice === undefined ? extent : { ...extent, notice }
    }
    return this.extentNow
  }

  /** Answers in progress continue with the earlier content. */
  private begin(): void {
    this.loaded = new LoadedRecording(this.helpers)
    this.states = new StatesAt(this.loaded)
    this.extentNow = { from: 0, to: 0, firstSeq: 0, lastSeq: 0, packets: 0 }
  }

  private within(asOf: number): number {
    return Math.min(asOf, this.extentNow.lastSeq)
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work)
    this.last = done.catch(() => {})
    return done
  }
}
