// What a recording amounts to in memory, as far as it has been read.
import { type EventsBlock, OpenBlocks } from './blocks'
import { type RecordingHead, VERSION } from './format'
import { AT_THE_START, type Reached } from './indexer'
import { PacketColumns } from './packet-columns'

/** Says how far long work is (0 to 1) and gives others a turn; rejects where the work has been called off. */
export type Step = (done: number) => Promise<void>

export const UNHURRIED: Step = async () => {}

/** How long work goes on without a turn for others. */
const TURN_MS = 12

/** A step that may be taken as often as one likes: the turn is given when it is time. */
export function paced(step: Step): (done: number) => Promise<void> | undefined {
  let due = Date.now() + TURN_MS
  return (done) => {
    if (Date.now() < due) return undefined
    return step(done).then(() => {
      due = Date.now() + TURN_MS
    })
  }
}

export class Contents {
  head: RecordingHead | undefined
  /** All before the first block of events, as it came. */
  headBytes: Uint8Array = new Uint8Array(0)
  /** The number of its format. */
  format = VERSION
  readonly blocks: EventsBlock[] = []
  /** All blocks behind the head, as they came. */
  readonly parts: Uint8Array[] = []
  /** Blocks of kinds that only a newer version knows. */
  unknownBlocks = 0
  readonly columns = new PacketColumns()
  readonly open = new OpenBlocks()
  reached: Reached = AT_THE_START
  /** States to begin with, by the block before whose first event they were: in that block, or made while reading. */
  readonly keyframes = new Map<number, 'in the block' | Uint8Array>()
  /** How far the last of them is back, as intake.ts counts. */
  sinceKeyframe = 0
  /** Bytes after the last whole block, and where in the recording they begin. */
  rest: Uint8Array = new Uint8Array(0)
  restAt = 0
  /** The end has been read. */
  complete = false

  /** Remembers how things are; the function given leads back to it, unless `columns.keep` is called. */
  mark(): () => void {
    const { head, headBytes, format, unknownBlocks } = this
    const { reached, sinceKeyframe, rest, restAt, complete } = this
    const { translation } = this.open
    const blocks = this.blocks.length
    const parts = this.parts.length
    this.columns.mark()
    return () => {
      this.columns.restore()
      this.blocks.length = blocks
      this.parts.length = parts
      this.open.translation = translation
      for (const index of this.keyframes.keys()) if (index >= blocks) this.keyframes.delete(index)
      Object.assign(this, { head, headBytes, format, unknownBlocks })
      Object.assign(this, { reached, sinceKeyframe, rest, restAt, complete })
    }
  }

  /** The block that has this event; undefined where none has. */
  blockOf(seq: number): EventsBlock | undefined {
    const block = this.blocks[this.lastWhere(({ summary }) => summary.firstSeq <= seq)]
    return block && seq < block.summary.firstSeq + block.summary.count ? block : undefined
  }

  /** The place of the last block for which this holds, which must hold for all before it; -1: none. */
  lastWhere(holds: (block: EventsBlock) => boolean): number {
    let low = 0
    let high = this.blocks.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const block = this.blocks[middle]
      if (block !== undefined && holds(block)) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
