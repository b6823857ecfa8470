// A recording in memory, as far as it has been read: its blocks, and the columns that index them.
import { type EventsBlock, OpenBlocks } from './blocks'
import type { ReportedFigures } from './figures-at'
import { type RecordingHead, VERSION } from './format'
import type { Helpers } from './helpers'
import { type IndexedRange, NOTHING_INDEXED } from './indexer'
import { PacketColumns } from './packet-columns'

/** Reports the progress of long work (0 to 1) and lets other work run; rejects when the work has been cancelled. */
export type WorkStep = (done: number) => Promise<void>

export const UNHURRIED: WorkStep = async () => {}

/** The longest time that work runs without letting other work run. */
const TURN_MS = 12

/** A step that may be called at any rate; it yields only when TURN_MS have passed. */
export function paced(step: WorkStep): (done: number) => Promise<void> | undefined {
  let due = Date.now() + TURN_MS
  return (done) => {
    if (Date.now() < due) return undefined
    return step(done).then(() => {
      due = Date.now() + TURN_MS
    })
  }
}

export class LoadedRecording {
  head: RecordingHead | undefined
  /** The bytes before the first block of events. */
  headBytes: Uint8Array = new Uint8Array(0)
  format = VERSION
  readonly blocks: EventsBlock[] = []
  /** The bytes of each block after the head. */
  readonly parts: Uint8Array[] = []
  /** Blocks of kinds known only to a newer version. */
  unknownBlocks = 0
  readonly columns = new PacketColumns()
  readonly open = new OpenBlocks()
  /** What its events report of the figures by second. */
  readonly figures: ReportedFigures[] = []
  indexed: IndexedRange = NOTHING_INDEXED
  /** Keyframes by the index of their block: part of that block, or made while reading. */
  readonly keyframes = new Map<number, 'in the block' | Uint8Array>()
  /** The distance from the last keyframe, as append-blocks.ts counts it. */
  sinceKeyframe = 0
  /** Bytes after the last whole block, and where in the recording they begin. */
  unread: Uint8Array = new Uint8Array(0)
  unreadAt = 0
  /** Whether its end block has been read. */
  complete = false

  /** Without helpers, everything is read in this thread. */
  constructor(readonly helpers?: Helpers) {}

  /** Remembers the present contents. Returns a function that restores them, unless `columns.keep` is called first. */
  mark(): () => void {
    const { head, headBytes, format, unknownBlocks } = this
    const { indexed, sinceKeyframe, unread, unreadAt, complete } = this
    const { translation } = this.open
    const blocks = this.blocks.length
    const parts = this.parts.length
    const figures = this.figures.length
    this.columns.mark()
    return () => {
      this.columns.restore()
      this.blocks.length = blocks
      this.parts.length = parts
      this.figures.length = figures
      this.open.translation = translation
      for (const index of this.keyframes.keys()) if (index >= blocks) this.keyframes.delete(index)
      Object.assign(this, { head, headBytes, format, unknownBlocks })
      Object.assign(this, { indexed, sinceKeyframe, unread, unreadAt, complete })
    }
  }

  /** The block with this event; undefined if no block has it. */
  blockOf(seq: number): EventsBlock | undefined {
    const block = this.blocks[this.lastWhere(({ summary }) => summary.firstSeq <= seq)]
    return block && seq < block.summary.firstSeq + block.summary.count ? block : undefined
  }

  /** The index of the last block for which this holds; it must hold for all blocks before that one. -1: none. */
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
