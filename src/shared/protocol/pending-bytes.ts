// The pieces of an incomplete message. Keeps large ones as they are and copies small ones together,
// so a message that arrives byte by byte costs only its length, in time and in memory.

import { concat } from '../concat'

const LARGE_BYTES = 1024
const BLOCK_BYTES = 4 * LARGE_BYTES

export class PendingBytes {
  private readonly parts: Uint8Array[] = []
  /** Small pieces are copied here; those from `blockStart` to `blockEnd` are not in `parts` yet. */
  private block = new Uint8Array(0)
  private blockStart = 0
  private blockEnd = 0
  private total = 0

  /** Bytes held. */
  get length(): number {
    return this.total
  }

  /** Appends bytes, which must not be modified while they are held. */
  add(piece: Uint8Array): void {
    this.total += piece.length
    if (piece.length >= LARGE_BYTES) {
      this.endPart()
      this.parts.push(piece)
      return
    }
    if (this.blockEnd + piece.length > this.block.length) {
      this.endPart()
      this.block = new Uint8Array(BLOCK_BYTES)
      this.blockStart = 0
      this.blockEnd = 0
    }
    this.block.set(piece, this.blockEnd)
    this.blockEnd += piece.length
  }

  /** Returns all bytes as one new array and forgets them. */
  take(): Uint8Array {
    this.endPart()
    const whole = concat(this.parts)
    this.parts.length = 0
    this.blockStart = 0
    this.blockEnd = 0
    this.total = 0
    return whole
  }

  private endPart(): void {
    if (this.blockEnd === this.blockStart) return
    this.parts.push(this.block.subarray(this.blockStart, this.blockEnd))
    this.blockStart = this.blockEnd
  }
}
