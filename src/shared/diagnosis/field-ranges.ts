// The bytes of each field of a message, so that a field and its bytes can mark one another.
import { type Node, type ParseError, parseTree } from 'jsonc-parser'

/** Bytes from `from` up to, not including, `to`. */
export interface Range {
  from: number
  to: number
}

export interface FieldRange {
  name: string
  key: Range
  value: Range
}

/** Larger messages have no ranges: a screen would freeze meanwhile. */
export const MAX_MARKED_BYTES = 256 * 1024

const strict = new TextDecoder('utf-8', { fatal: true })
const BYTE_ORDER_MARK_BYTES = 3
const known = new WeakMap<Uint8Array, readonly FieldRange[]>()

/**
 * Lists the fields of a JSON object in the order of its bytes; a repeated field is listed each time. The list is empty for
 * bytes that are no JSON object, and for more than MAX_MARKED_BYTES.
 */
export function fieldRanges(bytes: Uint8Array): readonly FieldRange[] {
  const found = known.get(bytes)
  if (found) return found
  const ranges = bytes.length > MAX_MARKED_BYTES ? [] : findRanges(bytes)
  known.set(bytes, ranges)
  return ranges
}

function findRanges(bytes: Uint8Array): FieldRange[] {
  let text: string
  try {
    text = strict.decode(bytes)
  } catch {
    return []
  }
  const tree = parseStrictly(text)
  if (tree?.type !== 'object') return []
  const byteAt = byteCounter(text, startsWithMark(bytes) ? BYTE_ORDER_MARK_BYTES : 0)
  const rangeOf = ({ offset, length }: Node): Range => ({
    from: byteAt(offset),
    to: byteAt(offset + length),
  })
  const ranges: FieldRange[] = []
  for (const { children: [key, value] = [] } of tree.children ?? []) {
    if (key === undefined || value === undefined) continue
    ranges.push({ name: String(key.value), key: rangeOf(key), value: rangeOf(value) })
  }
  return ranges
}

function parseStrictly(text: string): Node | undefined {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  return errors.length === 0 ? tree : undefined
}

/** The decoder drops a byte order mark from the text. */
function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/** Converts places in a text to places in its UTF-8 bytes. Each call must ask for a later place. */
function byteCounter(text: string, first: number): (place: number) => number {
  let at = 0
  let byte = first
  return (place) => {
    for (; at < place; at++) byte += utf8Bytes(text.charCodeAt(at))
    return byte
  }
}

/** Counts two of four bytes for each half of a surrogate pair. */
function utf8Bytes(unit: number): number {
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3
}

/** Finds the field with most of these bytes, key and value together; undefined if no field has any. */
export function fieldIn(fields: readonly FieldRange[], { from, to }: Range): number | undefined {
  let best: number | undefined
  let most = 0
  fields.forEach(({ key, value }, index) => {
    const shared = Math.min(to, value.to) - Math.max(from, key.from)
    if (shared <= most) return
    best = index
    most = shared
  })
  return best
}
