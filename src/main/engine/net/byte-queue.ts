// A queue of bytes: appended in chunks, taken in any sizes.

export class ByteQueue {
  private chunks: Uint8Array[] = []
  private bytes = 0

  get length(): number {
    return this.bytes
  }

  /** Keeps the chunk itself, not a copy. */
  append(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.chunks.push(chunk)
    this.bytes += chunk.length
  }

  /** Removes and returns the first `count` bytes, or all if there are fewer: a chunk that fits as it is, else a copy. */
  take(count: number): Uint8Array {
    const [first] = this.chunks
    if (
      first !== undefined &&
      (first.length === count || (this.chunks.length === 1 && first.length < count))
    ) {
      this.chunks.shift()
      this.bytes -= first.length
      return first
    }
    const taken = new Uint8Array(Math.min(count, this.bytes))
    let filled = 0
    while (filled < taken.length) {
      const chunk = this.chunks.shift()
      if (chunk === undefined) break
      const part = chunk.subarray(0, taken.length - filled)
      taken.set(part, filled)
      filled += part.length
      if (part.length < chunk.length) this.chunks.unshift(chunk.subarray(part.length))
    }
    this.bytes -= taken.length
    return taken
  }

  clear(): void {
    this.chunks = []
    this.bytes = 0
  }
}
