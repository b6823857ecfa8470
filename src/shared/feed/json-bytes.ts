// JSON text, written as bytes where it arises: a number or an id costs a few nanoseconds, without a string in between.

const INITIAL_BYTES = 64 * 1024
/** Strings that occur again, such as ids, are kept as bytes: those up to this length, and so many of them. */
const MAX_KEPT_CHARS = 40
const MAX_KEPT = 4_096

const ZERO = 0x30
const COMMA = ','.charCodeAt(0)
const COLON = ':'.charCodeAt(0)
const OPEN_LIST = '['.charCodeAt(0)
const CLOSE_LIST = ']'.charCodeAt(0)
const OPEN_OBJECT = '{'.charCodeAt(0)
const CLOSE_OBJECT = '}'.charCodeAt(0)

/** The most digits of a whole number. */
const MAX_DIGITS = 16
/** Whole numbers below this are divided as 32-bit integers. */
const SMALL = 2 ** 30

const bytesOf = new TextEncoder()
const NULL = bytesOf.encode('null')
const TRUE = bytesOf.encode('true')
const FALSE = bytesOf.encode('false')

export class JsonBytes {
  /** The text is the first `length` of these bytes. */
  bytes = new Uint8Array(INITIAL_BYTES)
  length = 0
  private readonly kept = new Map<string, Uint8Array>()

  openList(): void {
    this.byte(OPEN_LIST)
  }

  closeList(): void {
    this.byte(CLOSE_LIST)
  }

  comma(): void {
    this.byte(COMMA)
  }

  number(value: number): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER && Math.floor(value) === value)) {
      this.raw(bytesOf.encode(JSON.stringify(value)))
      return
    }
    this.reserve(MAX_DIGITS)
    this.length = putDigits(this.bytes, this.length, value)
  }

  text(value: string): void {
    this.raw(this.kept.get(value) ?? this.keep(value))
  }

  /** As in a list: without a value, null. Objects must be plain, and have no `toJSON`. */
  value(value: unknown): void {
    switch (typeof value) {
      case 'number':
        this.number(value)
        return
      case 'string':
        this.text(value)
        return
      case 'boolean':
        this.raw(value ? TRUE : FALSE)
        return
      case 'object':
        if (value === null) this.raw(NULL)
        else if (Array.isArray(value)) this.list(value)
        else this.object(value as Readonly<Record<string, unknown>>)
        return
      default:
        this.raw(NULL)
    }
  }

  private list(items: readonly unknown[]): void {
    this.byte(OPEN_LIST)
    for (let index = 0; index < items.length; index++) {
      if (index > 0) this.byte(COMMA)
      this.value(items[index])
    }
    this.byte(CLOSE_LIST)
  }

  private object(fields: Readonly<Record<string, unknown>>): void {
    this.byte(OPEN_OBJECT)
    let isFirst = true
    for (const name in fields) {
      const value = fields[name]
      if (value === undefined) continue
      if (!isFirst) this.byte(COMMA)
      isFirst = false
      this.text(name)
      this.byte(COLON)
      this.value(value)
    }
    this.byte(CLOSE_OBJECT)
  }

  private byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1)
    this.bytes[this.length++] = value
  }

  private raw(text: Uint8Array): void {
    const { length } = text
    this.reserve(length)
    const { bytes } = this
    const start = this.length
    // A loop is faster than `set` for the few bytes of an id.
    if (length > 32) bytes.set(text, start)
    else for (let at = 0; at < length; at++) bytes[start + at] = text[at] as number
    this.length = start + length
  }

  private keep(value: string): Uint8Array {
    const bytes = bytesOf.encode(JSON.stringify(value))
    if (value.length > MAX_KEPT_CHARS) return bytes
    if (this.kept.size >= MAX_KEPT) this.kept.clear()
    this.kept.set(value, bytes)
    return bytes
  }

  private reserve(bytes: number): void {
    const needed = this.length + bytes
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }
}

/** Writes a safe whole number, and returns the index after its last digit. */
function putDigits(bytes: Uint8Array, at: number, value: number): number {
  const end = at + digitsOf(value)
  let before = end
  let rest = value
  while (rest >= SMALL) {
    const tens = Math.floor(rest / 10)
    bytes[--before] = ZERO + (rest - tens * 10)
    rest = tens
  }
  let small = rest | 0
  while (small > 9) {
    const tens = (small / 10) | 0
    bytes[--before] = ZERO + (small - tens * 10)
    small = tens
  }
  bytes[--before] = ZERO + small
  return end
}

function digitsOf(whole: number): number {
  let digits = 1
  for (let limit = 10; whole >= limit; limit *= 10) digits++
  return digits
}
