// The running session's recording in memory: encoded blocks in order, up to a number of bytes. Beyond it the oldest are
// forgotten, and the recording begins with the next block that has a keyframe.
import type { RecordingPart } from '../../../../shared/contract'
import { CommandError } from '../../command-error'

export interface EncodedBlock {
  bytes: Uint8Array
  /** It can be read without the blocks before it. */
  hasKeyframe: boolean
}

interface KeptBlock extends EncodedBlock {
  /** Its offset in the whole recording, including forgotten parts. */
  start: number
}

export class KeptBlocks {
  private readonly blocks: KeptBlock[] = []
  private end: number

  constructor(
    private readonly head: Uint8Array,
    private readonly maxBytes: number,
  ) {
    this.end = head.length
  }

  append({ bytes, hasKeyframe }: EncodedBlock): void {
    this.blocks.push({ bytes, hasKeyframe, start: this.end })
    this.end += bytes.length
    if (this.end - this.start > this.maxBytes) this.forget()
  }

  /** At most `most` bytes from this one on. Throws a CommandError if the recording is shorter. */
  read(from: number, most: number): RecordingPart {
    const { end, start } = this
    if (from > end) {
      throw new CommandError(`The recording has ${end} bytes: it has none from ${from} on.`)
    }
    const firstStart = this.blocks[0]?.start ?? end
    // After blocks were forgotten, the head stands just before the oldest remaining block.
    const begin = from < firstStart && start > 0 ? start : from
    const bytes = new Uint8Array(Math.min(most, end - begin))
    copy(this.head, start - begin, bytes)
    for (let index = this.indexAt(begin); index < this.blocks.length; index++) {
      const block = this.blocks[index]
      if (block === undefined || block.start >= begin + bytes.length) break
      copy(block.bytes, block.start - begin, bytes)
    }
    return { bytes, from: begin, end }
  }

  /** Where the kept recording begins, with its head. */
  private get start(): number {
    return (this.blocks[0]?.start ?? this.head.length) - this.head.length
  }

  private forget(): void {
    let kept = this.blocks.length
    for (let index = 1; index < this.blocks.length; index++) {
      const block = this.blocks[index]
      if (block === undefined || !block.hasKeyframe) continue
      kept = index
      if (this.end - block.start + this.head.length <= this.maxBytes) break
    }
    if (kept < this.blocks.length) this.blocks.splice(0, kept)
  }

  /** Index of the block that this byte is in; of the first one for a byte of the head. */
  private indexAt(offset: number): number {
    let low = 0
    let high = this.blocks.length
    while (low < high) {
      const middle = (low + high) >> 1
      const block = this.blocks[middle]
      if (block !== undefined && block.start + block.bytes.length <= offset) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Copies the part of `source` that fits into `target` at `offset`, which may be outside. */
function copy(source: Uint8Array, offset: number, target: Uint8Array): void {
  const from = Math.max(0, -offset)
  const until = Math.min(source.length, target.length - offset)
  if (from < until) target.set(source.subarray(from, until), offset + from)
}
