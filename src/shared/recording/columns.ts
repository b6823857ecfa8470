// Columns of numbers that grow by chunks and can be restored to earlier content: facts about a million packets take
// little memory, and bytes that turn out to be damaged leave no trace.

const CHUNK_BITS = 15
const CHUNK = 1 << CHUNK_BITS
const MASK = CHUNK - 1

type Numbers = Uint8Array | Uint32Array | Float64Array

export class Column {
  /** One past the last index that has a number. */
  length = 0
  private readonly chunks: Numbers[] = []
  /** Chunks as they were when `mark` was called, of those changed since; below `marked`. */
  private readonly before = new Map<number, Numbers>()
  private marked = 0

  constructor(private readonly make: (length: number) => Numbers) {}

  at(index: number): number {
    return this.chunks[index >>> CHUNK_BITS]?.[index & MASK] ?? 0
  }

  push(value: number): void {
    const chunk = this.length >>> CHUNK_BITS
    const numbers = this.chunks[chunk] ?? this.grow(chunk)
    numbers[this.length++ & MASK] = value
  }

  /** Adds these numbers. */
  append(values: Numbers): void {
    for (let from = 0; from < values.length; ) {
      const chunk = this.length >>> CHUNK_BITS
      const start = this.length & MASK
      const count = Math.min(values.length - from, CHUNK - start)
      const numbers = this.chunks[chunk] ?? this.grow(chunk)
      numbers.set(values.subarray(from, from + count), start)
      from += count
      this.length += count
    }
  }

  /** Changes an existing number. */
  set(index: number, value: number): void {
    const place = index >>> CHUNK_BITS
    const chunk = this.chunks[place]
    if (chunk === undefined) return
    if (index < this.marked && !this.before.has(place)) this.before.set(place, chunk.slice())
    chunk[index & MASK] = value
  }

  /** `restore` returns to the present content. */
  mark(): void {
    this.before.clear()
    this.marked = this.length
  }

  restore(): void {
    for (const [place, numbers] of this.before) this.chunks[place] = numbers
    this.before.clear()
    this.length = this.marked
  }

  /** Discards what `restore` needs. */
  keep(): void {
    this.before.clear()
    this.marked = 0
  }

  private grow(chunk: number): Numbers {
    const numbers = this.make(CHUNK)
    this.chunks[chunk] = numbers
    return numbers
  }
}

export const smallNumbers = () => new Column((length) => new Uint8Array(length))
export const wholeNumbers = () => new Column((length) => new Uint32Array(length))
export const times = () => new Column((length) => new Float64Array(length))
