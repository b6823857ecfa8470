// The state at any moment of a recording: from the nearest state that is known before it, events are reduced up to it.
import type { LabEvent } from '../events'
import { PAST_PACKETS } from '../limits'
import { INITIAL_STATE, reduce } from '../state/reduce'
import type { State } from '../state/state'
import type { EventsBlock } from './blocks'
import type { Contents } from './contents'
import { decodeKeyframe } from './keyframe'

/**
 * `at`: after all events up to this time. `seq`: after this event. `after`: after all events at the next time at which
 * anything happened after the event with this number; `before`: the same backwards.
 */
export type Moment = { at: number } | { seq: number } | { after: number } | { before: number }

/** The list is forgotten by the page, and must still have PAST_PACKETS. */
const HISTORY = PAST_PACKETS + 64
/** States at the beginnings of blocks that are kept: scrubbing stays near. */
const KEPT_STATES = 6

export class Moments {
  private readonly states = new Map<EventsBlock, State>()

  constructor(private readonly contents: Contents) {}

  /** The state at a moment, which is kept within these events; its list has the last PAST_PACKETS packets or more. */
  seek(moment: Moment, firstSeq: number, lastSeq: number): State {
    const seq = Math.min(Math.max(this.seqAt(moment), firstSeq), lastSeq)
    const block = this.contents.blockOf(seq)
    if (block === undefined) return INITIAL_STATE
    const state = this.before(block)
    const events = this.contents.open.events(block)
    return reduce(state, events.slice(0, seq - block.summary.firstSeq + 1), HISTORY)
  }

  /** The state before a block's first event. */
  before(block: EventsBlock): State {
    const { blocks, open } = this.contents
    const base = this.baseOf(block)
    let from = block.index
    while (from > base && !this.hasState(from)) from--
    const first = blocks[from]
    if (first === undefined) return INITIAL_STATE
    let state = this.states.get(first) ?? this.keyframe(first)
    for (let index = from; index < block.index; index++) {
      const next = blocks[index]
      if (next) state = reduce(state, open.events(next), HISTORY)
    }
    this.keep(block, state)
    return state
  }

  /** The last block with a keyframe that enough packets were sent after for the list. */
  private baseOf(block: EventsBlock): number {
    const { blocks, keyframes } = this.contents
    let base = block.index
    for (; base > 0; base--) {
      const before = blocks[base]?.packetsBefore ?? 0
      if (keyframes.has(base) && before <= block.packetsBefore - PAST_PACKETS) break
    }
    return base
  }

  private hasState(index: number): boolean {
    const block = this.contents.blocks[index]
    return block !== undefined && this.states.has(block)
  }

  private keyframe(block: EventsBlock): State {
    const kept = this.contents.keyframes.get(block.index)
    if (kept === undefined) return INITIAL_STATE
    if (kept !== 'in the block') return decodeKeyframe(kept)
    const { open } = this.contents
    return decodeKeyframe(open.get(block).keyframe, open.translation)
  }

  private keep(block: EventsBlock, state: State): void {
    this.states.delete(block)
    this.states.set(block, state)
    for (const oldest of this.states.keys()) {
      if (this.states.size <= KEPT_STATES) break
      this.states.delete(oldest)
    }
  }

  /** The last event of a moment; it may lie outside of what has been recorded. */
  private seqAt(moment: Moment): number {
    if ('seq' in moment) return Math.floor(moment.seq)
    if ('at' in moment) return this.lastSeqWhere((at) => at <= moment.at)
    if ('after' in moment) {
      const next = this.event(moment.after + 1)
      return next === undefined ? moment.after : this.lastSeqWhere((at) => at <= next.at)
    }
    const present = this.event(moment.before)
    if (present === undefined) return moment.before - 1
    return this.lastSeqWhere((at) => at < present.at)
  }

  private event(seq: number): LabEvent | undefined {
    if (seq > this.contents.reached.lastSeq) return undefined
    const block = this.contents.blockOf(seq)
    if (block === undefined) return undefined
    return this.contents.open.events(block)[seq - block.summary.firstSeq]
  }

  /** The last event at whose time this holds, which must hold at all times before it. */
  private lastSeqWhere(holds: (at: number) => boolean): number {
    const { contents } = this
    const index = contents.lastWhere(({ summary }) => holds(summary.firstAt / 1000))
    const block = contents.blocks[index]
    if (block === undefined) return 0
    const events = contents.open.events(block)
    const last = events.findLast(({ at }) => holds(at))
    return last?.seq ?? block.summary.firstSeq
  }
}
