// Reads a recording, whole or as it grows, and answers what was so at any moment of it.
import { PcapngWriter } from '../capture/pcapng'
import type { LabEvent } from '../events'
import type { ExchangeId, PacketId, SimMs } from '../ids'
import type { Packet, State } from '../state/state'
import { appendBlocks, unfinished } from './append-blocks'
import { findPackets, type Query, type SortKey } from './find'
import type { RecordingHead } from './format'
import { LoadedRecording, paced, type Step, UNHURRIED } from './loaded-recording'
import { noticeOf } from './notice'
import { exchangeIds, packetsAt } from './packets-at'
import { type Moment, StatesAt } from './states-at'
import { encodeEnd } from './writer'

export type { Moment, Query, RecordingHead, SortKey, Step }

/** What a recording reaches over. Times are simulated. All 0 where it has no events. */
export interface Extent {
  from: SimMs
  to: SimMs
  firstSeq: number
  lastSeq: number
  /** Packets have the ids 1 to this one. */
  packets: number
  /** What was left out of a recording that a newer version wrote, as a sentence. Left out: nothing was. */
  notice?: string
}

export class RecordingReader {
  private loaded = new LoadedRecording()
  private states = new StatesAt(this.loaded)
  private extentNow: Extent = { from: 0, to: 0, firstSeq: 0, lastSeq: 0, packets: 0 }
  /** Bytes are taken in one after another; questions meanwhile are answered of what was there before. */
  private last: Promise<unknown> = Promise.resolve()

  get extent(): Extent {
    return this.extentNow
  }

  get head(): RecordingHead | undefined {
    return this.loaded.head
  }

  /**
   * Takes in further bytes of a recording: from its head on, or from where the last ones ended. Rejects with an Error in
   * words for bytes that are no recording, or damaged, and where it is called off; all is then as it was.
   */
  append(bytes: Uint8Array, step: Step = UNHURRIED): Promise<Extent> {
    return this.inTurn(() => this.take(bytes, step, false))
  }

  /** The same for all bytes of a recording, which must be complete. */
  open(bytes: Uint8Array, step: Step = UNHURRIED): Promise<Extent> {
    return this.inTurn(() => this.take(bytes, step, true))
  }

  /** Forgets everything: the next bytes begin with a head. */
  clear(): Promise<void> {
    return this.inTurn(async () => this.begin())
  }

  /** The state at a moment, which is kept within the extent; it has the last PAST_PACKETS packets, or a few more. */
  async seek(moment: Moment): Promise<State> {
    const { firstSeq, lastSeq } = this.extentNow
    return this.states.seek(moment, firstSeq, lastSeq)
  }

  /** Up to `count` events that follow the event with this number. */
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

  /** These packets as they stood after event `asOf`, in this order; those that did not exist are left out. */
  async packets(ids: readonly PacketId[], asOf: number): Promise<Packet[]> {
    return packetsAt(this.loaded, ids, this.within(asOf))
  }

  /** An exchange's packets, in order of sending. */
  async exchange(id: ExchangeId, asOf: number): Promise<Packet[]> {
    const ids = exchangeIds(this.loaded, id, this.within(asOf))
    return packetsAt(this.loaded, ids, this.within(asOf))
  }

  /** The ids of the packets that match, in order. */
  find(query: Query, step: Step = UNHURRIED): Promise<Uint32Array<ArrayBuffer>> {
    return findPackets(this.loaded, { ...query, asOf: this.within(query.asOf) }, step)
  }

  /** The bytes of the whole of it as a complete recording, part by part. */
  recording(): Uint8Array[] {
    const { headBytes, parts } = this.loaded
    return [headBytes, ...parts, encodeEnd()]
  }

  /** The bytes of the whole of it as a pcapng file, part by part. */
  async *capture(step: Step = UNHURRIED): AsyncGenerator<Uint8Array> {
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

  private async take(bytes: Uint8Array, step: Step, whole: boolean): Promise<Extent> {
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

  /** Answers that are under way go on with what there was. */
  private begin(): void {
    this.loaded = new LoadedRecording()
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
