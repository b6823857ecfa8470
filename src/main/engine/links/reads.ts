// Which reads of a stream contained a message? A message may span several reads, and a read may contain several
// messages. A read is forgotten once a message ends with it.
import type { Piece } from '../../../shared/events'
import type { SimMs } from '../../../shared/ids'
import { MAX_READS } from '../../../shared/limits'
import { MAX_FAULT_BYTES, type ScanResult } from '../../../shared/protocol/scanner'
import { toMicroseconds } from '../story/journal'

/** A read's bytes: from offset `start` of the stream to before `end`. */
interface Read {
  start: number
  end: number
  at: SimMs
}

/** The number of its bytes. Undefined for a long fault, of which only the first bytes are kept. */
export function lengthOf({ kind, bytes }: ScanResult): number | undefined {
  return kind === 'fault' && bytes.length >= MAX_FAULT_BYTES ? undefined : bytes.length
}

export class Reads {
  private readonly reads: Read[] = []
  private received = 0
  /** Where the last message ended. */
  private taken = 0

  /** Adds a read. Past MAX_READS, extends the last one. */
  add(bytes: number, at: SimMs): void {
    const start = this.received
    this.received += bytes
    const last = this.reads.at(-1)
    if (last === undefined || this.reads.length < MAX_READS) {
      this.reads.push({ start, end: this.received, at })
    } else last.end = this.received
  }

  /**
   * The reads' pieces of the message that ends at `end`, in the order of the stream. A message of unknown length starts
   * where the last one ended. Undefined for a message that is one whole read.
   */
  take(end: number, length = end - this.taken): readonly Piece[] | undefined {
    const first = this.reads[0]
    this.taken = end
    if (first === undefined) return undefined
    const start = end - length
    if (first.start === start && first.end === end) {
      this.reads.shift()
      return undefined
    }
    const pieces: Piece[] = []
    let past = 0
    for (const read of this.reads) {
      if (read.start >= end) break
      if (read.end <= end) past++
      const bytes = Math.min(read.end, end) - Math.max(read.start, start)
      if (bytes <= 0) continue
      pieces.push({ bytes, of: read.end - read.start, at: toMicroseconds(read.at) })
    }
    this.reads.splice(0, past)
    const [only] = pieces
    const isWhole = pieces.length === 1 && only?.bytes === only?.of
    return pieces.length === 0 || isWhole ? undefined : pieces
  }
}
