// JSON text, written as bytes where it arises: a number or an id costs a few nanoseconds, without a string in between.

const INITIAL_BYTES = 16 * 1024
/** Strings that occur again, such as ids, are kept as bytes: those up to this length, and so many of them. */
const MAX_KEPT_CHARS = 40
const MAX_KEPT = 4_096

const ZERO = 0x30
/** Whole numbers below this are divided as 32-bit integers. */
const SMALL = 2 ** 30
const NULL = new TextEncoder().encode('null')

const bytesOf = new TextEncoder()

export class JsonBytes {
  /** The text is the first `length` of these bytes. */
  bytes = new Uint8Array(INITIAL_BYTES)
  length = 0
  private readonly kept = new Map<string, Uint8Array>()

  /** A byte of the syntax. */
  byte(value: number): void {
    this.reserve(1)
    this.bytes[this.length++] = value
  }

  number(value: number): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER && Math.floor(value) === value)) {
      this.raw(bytesOf.encode(JSON.stringify(value)))
      return
    }
    this.reserve(16)
    const { bytes } = this
    const end = this.length + digitsOf(value)
    this.length = end
    let at = end
    let rest = value
    while (rest >= SMALL) {
      const tens = Math.floor(rest / 10)
      bytes[--at] = ZERO + (rest - tens * 10)
      rest = tens
    }
    let small = rest | 0
    while (small > 9) {
      const tens = (small / 10) | 0
      bytes[--at] = ZERO + (small - tens * 10)
      small = tens
    }
    bytes[--at] = ZERO + small
  }

  text(value: string): void {
    let bytes = this.kept.get(value)
    if (bytes === undefined) {
      bytes = bytesOf.encode(JSON.stringify(value))
      if (value.length <= MAX_KEPT_CHARS) {
        if (this.kept.size >= MAX_KEPT) this.kept.clear()
        this.kept.set(value, bytes)
      }
    }
    this.raw(bytes)
  }

  /** As in an array: without a value, null. */
  value(value: unknown): void {
    if (typeof value === 'number') this.number(value)
    else if (typeof value === 'string') this.text(value)
    else if (value === null || value === undefined) this.raw(NULL)
    else this.raw(bytesOf.encode(JSON.stringify(value)))
  }

  private raw(bytes: Uint8Array): void {
    const { length } = bytes
    this.reserve(length)
    // A loop is faster than `set` for the few bytes of an id.
    if (length > 32) this.bytes.set(bytes, this.length)
    else for (let at = 0; at < length; at++) this.bytes[this.length + at] = bytes[at] ?? 0
    this.length += length
  }

  private reserve(bytes: number): void {
    const needed = this.length + bytes
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length))
    grown.set(this.bytes)
    this.bytes = grown
  }
}

function digitsOf(whole: number): number {
  let digits = 1
  for (let limit = 10; whole >= limit; limit *= 10) digits++
  return digits
}
