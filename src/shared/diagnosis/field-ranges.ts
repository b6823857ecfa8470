// Where in a message's bytes each of its fields is, so that a field and its bytes can mark one another.
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

/** Larger messages are not taken apart: the screen would stand still for it. */
export const MAX_MARKED_BYTES = 256 * 1024

const strict = new TextDecoder('utf-8', { fatal: true })
const BYTE_ORDER_MARK_BYTES = 3
const known = new WeakMap<Uint8Array, readonly FieldRange[]>()

/**
 * The fields of the JSON object in these bytes, in the order in which they stand there; one that is there twice is
 * there twice. None where the bytes are no JSON object, or more than MAX_MARKED_BYTES.
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

/** The decoder leaves a byte order mark out of the text. */
function startsWithMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

/** Turns places in the text into places in its UTF-8 bytes; to be asked for places that only grow. */
function byteCounter(text: string, first: number): (place: number) => number {
  let at = 0
  let byte = first
  return (place) => {
    for (; at < place; at++) byte += utf8Bytes(text.charCodeAt(at))
    return byte
  }
}

/** Each half of a surrogate pair stands for two of the pair's four bytes. */
function utf8Bytes(unit: number): number {
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3
}

/** The field that has most of these bytes, its key counted with its value; undefined where they are in none. */
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
