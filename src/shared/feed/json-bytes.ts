// JSON text, written as bytes where it arises: a number or an id costs a few nanoseconds, without a string in between.

const INITIAL_BYTES = 1024
/** Strings that occur again, such as ids, are kept as bytes: up to MAX_KEPT strings of at most MAX_KEPT_CHARS characters. */
const MAX_KEPT_CHARS = 40
const MAX_KEPT = 4_096

const ZERO = 0x30
const POINT = '.'.charCodeAt(0)
const COMMA = ','.charCodeAt(0)
const COLON = ':'.charCodeAt(0)
const OPEN_LIST = '['.charCodeAt(0)
const CLOSE_LIST = ']'.charCodeAt(0)
const OPEN_OBJECT = '{'.charCodeAt(0)
const CLOSE_OBJECT = '}'.charCodeAt(0)

/** The longest are as `-1.7976931348623157e+308`. */
export const MAX_NUMBER_BYTES = 24
/** Digits that are written at once, as a 32-bit integer. */
const GROUP_DIGITS = 9
const GROUP = 10 ** GROUP_DIGITS
/** Times in milliseconds have three decimals; below this, a number with three decimals has no other digits. */
const MOST_THOUSANDTHS = 2 ** 50
/** Numbers whose digits are kept as bytes. */
const KEPT_NUMBERS = 16

const encoder = new TextEncoder()
const NULL = encoder.encode('null')
const TRUE = encoder.encode('true')
const FALSE = encoder.encode('false')
const DIGITS = Array.from({ length: KEPT_NUMBERS }, (_, number) => encoder.encode(String(number)))
/** The kept strings of all texts, since later texts have the same ids. */
const kept = new Map<string, Uint8Array>()

export class JsonBytes {
  length = 0

  /** The text is the first `length` of these bytes, which are replaced when they are too few. */
  constructor(public bytes: Uint8Array = new Uint8Array(INITIAL_BYTES)) {}

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
    this.length = putNumber(this.room(MAX_NUMBER_BYTES), this.length, value)
  }

  text(value: string): void {
    this.raw(bytesOfText(value))
  }

  /** A value that occurs again, as bytes. */
  bytesOf(value: string | number | null): Uint8Array {
    if (value === null) return NULL
    if (typeof value === 'string') return bytesOfText(value)
    return DIGITS[value] ?? encoder.encode(JSON.stringify(value))
  }

  /** Makes room for this many bytes, to be written from `length` on. */
  room(bytes: number): Uint8Array {
    const needed = this.length + bytes
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.bytes.length))
      grown.set(this.bytes.subarray(0, this.length))
      this.bytes = grown
    }
    return this.bytes
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
    this.room(1)[this.length++] = value
  }

  /** Writes JSON that is bytes already. */
  raw(text: Uint8Array): void {
    this.length = putText(this.room(text.length), this.length, text)
  }
}

/** The text that was looked up last, as the one after it is often the same. */
let lastText = ''
let lastBytes: Uint8Array = encoder.encode('""')

function bytesOfText(value: string): Uint8Array {
  if (value === lastText) return lastBytes
  const bytes = kept.get(value)
  if (bytes === undefined) return keep(value)
  lastText = value
  lastBytes = bytes
  return bytes
}

function keep(value: string): Uint8Array {
  const bytes = encoder.encode(JSON.stringify(value))
  if (value.length > MAX_KEPT_CHARS) return bytes
  if (kept.size >= MAX_KEPT) kept.clear()
  kept.set(value, bytes)
  return bytes
}

/** Writes bytes, and returns the index after the last. */
export function putText(bytes: Uint8Array, at: number, text: Uint8Array): number {
  const { length } = text
  // A loop is faster than `set` for the few bytes of an id.
  if (length > 32) bytes.set(text, at)
  else for (let index = 0; index < length; index++) bytes[at + index] = text[index] as number
  return at + length
}

/** Writes a number, and returns the index after its last byte. */
export function putNumber(bytes: Uint8Array, at: number, value: number): number {
  if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) {
    const whole = Math.floor(value)
    if (whole === value) return putWhole(bytes, at, value)
    const thousandths = Math.round(value * 1_000)
    if (thousandths < MOST_THOUSANDTHS && thousandths / 1_000 === value) {
      return putThousandths(bytes, putWhole(bytes, at, whole), thousandths - whole * 1_000)
    }
  }
  return putText(bytes, at, encoder.encode(JSON.stringify(value)))
}

function putWhole(bytes: Uint8Array, at: number, value: number): number {
  if (value < GROUP) return putDigits(bytes, at, value, digitsOf(value))
  const high = Math.floor(value / GROUP)
  return putDigits(bytes, putWhole(bytes, at, high), value - high * GROUP, GROUP_DIGITS)
}

/** Writes what is behind the point, without zeros at its end. */
function putThousandths(bytes: Uint8Array, at: number, thousandths: number): number {
  bytes[at] = POINT
  let end = putDigits(bytes, at + 1, thousandths, 3)
  while (bytes[end - 1] === ZERO) end--
  return end
}

/** Writes this many digits of a number below `GROUP`. */
function putDigits(bytes: Uint8Array, at: number, value: number, digits: number): number {
  let rest = value | 0
  for (let index = at + digits - 1; index >= at; index--) {
    const tens = (rest / 10) | 0
    bytes[index] = ZERO + (rest - tens * 10)
    rest = tens
  }
  return at + digits
}

/** The number of digits of a number below `GROUP`. */
function digitsOf(value: number): number {
  if (value < 1_000) return value < 10 ? 1 : value < 100 ? 2 : 3
  if (value < 1_000_000) return value < 10_000 ? 4 : value < 100_000 ? 5 : 6
  return value < 10_000_000 ? 7 : value < 100_000_000 ? 8 : 9
}
