// The state at any moment of a recording: the nearest known state before it, reduced by the events up to it.
import type { LabEvent } from '../events'
import { PAST_PACKETS } from '../limits'
import { INITIAL_STATE, reduce } from '../state/reduce'
import type { State } from '../state/state'
import type { EventsBlock } from './blocks'
import { FiguresAt } from './figures-at'
import { decodeKeyframe } from './keyframe'
import type { LoadedRecording } from './loaded-recording'

/**
 * `at`: after all events up to this time. `seq`: after this event. `after`: after all events at the next time at which
 * anything happened after the event with this number; `before`: the same backwards. Both pass over reports of a second's figures,
 * as steps of the running lab do: nothing happens in them.
 */
export type Moment = { at: number } | { seq: number } | { after: number } | { before: number }

/** A state drops its oldest packets a page at a time, and must keep at least PAST_PACKETS. */
const HISTORY = PAST_PACKETS + 64
/** States at the beginnings of blocks that are cached: scrubbing stays near them. */
const KEPT_STATES = 6

export class StatesAt {
  private readonly states = new Map<EventsBlock, State>()

  private readonly figures: FiguresAt

  constructor(private readonly loaded: LoadedRecording) {
    this.figures = new FiguresAt(loaded.figures, () => {
      const [first] = loaded.blocks
      return (first ? this.keyframe(first) : INITIAL_STATE).metrics
    })
  }

  /** The state at a moment, which is limited to these events; its list has the last PAST_PACKETS packets or more. */
  seek(moment: Moment, firstSeq: number, lastSeq: number): State {
    const seq = Math.min(Math.max(this.seqAt(moment), firstSeq), lastSeq)
    const block = this.loaded.blockOf(seq)
    if (block === undefined) return INITIAL_STATE
    const state = this.before(block)
    const events = this.loaded.open.events(block)
    const reduced = reduce(state, events.slice(0, seq - block.summary.firstSeq + 1), HISTORY)
    return { ...reduced, metrics: this.figures.at(seq) }
  }

  /** The state before a block's first event, without all of its figures by second. */
  before(block: EventsBlock): State {
    const { blocks, open } = this.loaded
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

  /** The last block with a keyframe that precedes enough packets for the list. */
  private baseOf(block: EventsBlock): number {
    const { blocks, keyframes } = this.loaded
    let base = block.index
    for (; base > 0; base--) {
      const before = blocks[base]?.packetsBefore ?? 0
      if (keyframes.has(base) && before <= block.packetsBefore - PAST_PACKETS) break
    }
    return base
  }

  private hasState(index: number): boolean {
    const block = this.loaded.blocks[index]
    return block !== undefined && this.states.has(block)
  }

  private keyframe(block: EventsBlock): State {
    const kept = this.loaded.keyframes.get(block.index)
    if (kept === undefined) return INITIAL_STATE
    if (kept !== 'in the block') return decodeKeyframe(kept)
    const { open } = this.loaded
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

  /** The last event of a moment, which may lie outside the recording. */
  private seqAt(moment: Moment): number {
    if ('seq' in moment) return Math.floor(moment.seq)
    if ('at' in moment) return this.lastSeqWhere((at) => at <= moment.at)
    if ('after' in moment) {
      let seq = moment.after + 1
      while (isReport(this.event(seq))) seq++
      const next = this.event(seq)
      return next === undefined ? seq - 1 : this.lastSeqWhere((at) => at <= next.at)
    }
    if (this.event(moment.before) === undefined) return moment.before - 1
    const present = this.happenedLast(moment.before)
    if (present === undefined) return 0
    const before = this.happenedLast(this.lastSeqWhere((at) => at < present.at))
    return before === undefined ? 0 : this.lastSeqWhere((at) => at <= before.at)
  }

  /** The last event up to this one that is no report. */
  private happenedLast(upTo: number): LabEvent | undefined {
    let seq = upTo
    while (isReport(this.event(seq))) seq--
    return this.event(seq)
  }

  private event(seq: number): LabEvent | undefined {
    if (seq > this.loaded.indexed.lastSeq) return undefined
    const block = this.loaded.blockOf(seq)
    if (block === undefined) return undefined
    return this.loaded.open.events(block)[seq - block.summary.firstSeq]
  }

  /** The last event for whose time `holds` is true; `holds` must be monotonic. */
  private lastSeqWhere(holds: (at: number) => boolean): number {
    const { loaded } = this
    const index = loaded.lastWhere(({ summary }) => holds(summary.firstAt / 1000))
    const block = loaded.blocks[index]
    if (block === undefined) return 0
    const events = loaded.open.events(block)
    const last = events.findLast(({ at }) => holds(at))
    return last?.seq ?? block.summary.firstSeq
  }
}

function isReport(event: LabEvent | undefined): boolean {
  return event?.type === 'metrics.second'
}
