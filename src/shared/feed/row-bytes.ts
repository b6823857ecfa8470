// Reads rows from a frame's bytes as this version writes them, without parsing its header as JSON: names and lists
// repeat, so most values are found by their bytes, and are checked once.
import { type EventKind, KINDS } from './event-kinds'
import type { AnyField } from './field'

const QUOTE = '"'.charCodeAt(0)
const BACKSLASH = '\\'.charCodeAt(0)
const COMMA = ','.charCodeAt(0)
const OPEN = '['.charCodeAt(0)
const CLOSE = ']'.charCodeAt(0)
const OPEN_OBJECT = '{'.charCodeAt(0)
const CLOSE_OBJECT = '}'.charCodeAt(0)
const ZERO = '0'.charCodeAt(0)
const SPACE = ' '.charCodeAt(0)

/** Whole numbers of more digits may not be exact. */
const MOST_DIGITS = 15
/** Values of a field that are remembered, and the longest. A power of two. */
const REMEMBERED = 256
const MOST_BYTES = 256

/** Keeps a byte order mark, which JSON refuses. */
const textOf = new TextDecoder('utf-8', { ignoreBOM: true })

interface Remembered {
  readonly bytes: Uint8Array
  readonly value: unknown
}

/** A field's check, and values that have passed it. */
class FieldReader {
  private readonly remembered: (Remembered | undefined)[] = Array(REMEMBERED).fill(undefined)

  constructor(readonly field: AnyField) {}

  /** The value of these bytes, whose hash is `hash`; undefined: they are no valid value. */
  valueOf(bytes: Uint8Array, from: number, to: number, hash: number): unknown {
    const place = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (REMEMBERED - 1)
    const known = this.remembered[place]
    if (known !== undefined && isAt(known.bytes, bytes, from, to)) return known.value
    const value = this.parsed(bytes.subarray(from, to))
    if (value !== undefined && to - from <= MOST_BYTES) {
      this.remembered[place] = { bytes: bytes.slice(from, to), value }
    }
    return value
  }

  private parsed(bytes: Uint8Array): unknown {
    let value: unknown
    try {
      value = JSON.parse(textOf.decode(bytes))
    } catch {
      return undefined
    }
    return this.field.is(value) || (value === null && this.field.optional === true)
      ? value
      : undefined
  }
}

function isAt(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let index = 0; index < known.length; index++) {
    if (known[index] !== bytes[from + index]) return false
  }
  return true
}

class KindReader {
  readonly fields: readonly FieldReader[]
  readonly list: number | undefined
  /** Used for every row of this kind. */
  readonly row: unknown[]

  constructor({ fields, list }: EventKind, index: number) {
    this.fields = Object.values(fields).map((field) => new FieldReader(field))
    this.list = list
    this.row = [index, 0, ...this.fields.map(() => null)]
  }
}

const KIND_READERS = KINDS.map((kind, index) => new KindReader(kind, index))

export class RowReader {
  /** `at`: where the first row begins. `lists`: how many its frame has. */
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
    private readonly lists: number,
  ) {}

  /**
   * The next row, which is valid until another is read; undefined: it is not valid, or not written as this version
   * writes it.
   */
  read(): readonly unknown[] | undefined {
    const { bytes } = this
    if (bytes[this.at++] !== OPEN) return undefined
    const kind = KIND_READERS[this.wholeNumber()]
    if (kind === undefined || bytes[this.at++] !== COMMA) return undefined
    const time = this.wholeNumber()
    if (time < 0) return undefined
    const { fields, list, row } = kind
    row[1] = time
    for (let place = 0; place < fields.length; place++) {
      const field = fields[place]
      if (field === undefined || bytes[this.at++] !== COMMA) return undefined
      const value = this.value(field)
      if (value === undefined) return undefined
      row[place + 2] = value
    }
    if (bytes[this.at++] !== CLOSE) return undefined
    return list === undefined || Number(row[list]) < this.lists ? row : undefined
  }

  /** Passes the comma between two rows. */
  passComma(): boolean {
    return this.bytes[this.at++] === COMMA
  }

  /** A number of digits alone; -1: something else is next. */
  private wholeNumber(): number {
    const { bytes, at: from } = this
    let value = 0
    let at = from
    for (; ; at++) {
      const digit = (bytes[at] ?? 0) - ZERO
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    const digits = at - from
    if (digits === 0 || digits > MOST_DIGITS || (digits > 1 && bytes[from] === ZERO)) return -1
    const next = bytes[at]
    if (next !== COMMA && next !== CLOSE) return -1
    this.at = at
    return value
  }

  private value(field: FieldReader): unknown {
    const { bytes, at: from } = this
    if (bytes[from] === QUOTE) {
      let hash = 0
      for (let at = from + 1; at < bytes.length; at++) {
        const byte = bytes[at] ?? 0
        if (byte === QUOTE) {
          this.at = at + 1
          return field.valueOf(bytes, from, this.at, hash)
        }
        if (byte === BACKSLASH || byte < SPACE) break
        hash = (Math.imul(hash, 31) + byte) | 0
      }
    } else {
      const whole = this.wholeNumber()
      if (whole >= 0) return field.field.is(whole) ? whole : undefined
    }
    return this.anyValue(field)
  }

  /** A value of any kind, up to the comma or bracket behind it. */
  private anyValue(field: FieldReader): unknown {
    const { bytes, at: from } = this
    let hash = 0
    let depth = 0
    let isText = false
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (isText) {
        if (byte === BACKSLASH) at++
        else if (byte === QUOTE) isText = false
      } else if (byte === QUOTE) isText = true
      else if (depth === 0 && (byte === COMMA || byte === CLOSE)) {
        this.at = at
        return field.valueOf(bytes, from, at, hash)
      } else if (byte === OPEN || byte === OPEN_OBJECT) depth++
      else if (byte === CLOSE || byte === CLOSE_OBJECT) depth--
      hash = (Math.imul(hash, 31) + byte) | 0
    }
    return undefined
  }
}
