// Reads an object as nearly all programs write their messages: with the names of the protocol, whole numbers, and texts that
// are ASCII without escapes. JSON.parse takes longer (measured: tests/bench/codec.ts); it reads all other objects.
import {
  BACKSLASH,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  DIGIT_0,
  OPEN_OBJECT,
  QUOTE,
  SPACE,
} from './json-bytes'

/** In the order in which messages have them: after one, the next is most likely. `readPlain` returns the fields by these places. */
const NAMES = [
  'type',
  'srcid',
  'privPoliId',
  'destid',
  'payloadsize',
  'payload',
  'id',
  'privPolyId',
  'listenport',
].map((name) => new TextEncoder().encode(`"${name}"`))
const NO_VALUES = NAMES.map(() => undefined)

/** Numbers with at most this many digits are exact. */
const MOST_DIGITS = 15
/** Longer texts are checked faster by a native search and sixteen bytes at a time than in a loop (measured). */
const NEAR_BYTES = 128

/**
 * Returns the fields of the object that all of these bytes are, undefined for those that it lacks; returns undefined where
 * only JSON.parse can tell. `text`: the bytes, decoded strictly.
 */
export function readPlain(bytes: Uint8Array, text: string): Record<string, unknown> | undefined {
  // Only ASCII has as many characters as bytes.
  if (text.length !== bytes.length || bytes[0] !== OPEN_OBJECT) return undefined
  const values: (string | number | undefined)[] = [...NO_VALUES]
  let at = 0
  let place = -1
  do {
    at = skipSpaces(bytes, at + 1)
    place = placeOfName(bytes, at, place + 1)
    const name = NAMES[place]
    // Of a name that comes twice, JSON.parse takes the last value.
    if (name === undefined || values[place] !== undefined) return undefined
    at = skipSpaces(bytes, at + name.length)
    if (bytes[at] !== COLON) return undefined
    at = skipSpaces(bytes, at + 1)
    if (bytes[at] === QUOTE) {
      const end = text.indexOf('"', at + 1)
      if (!isPlainText(bytes, text, at + 1, end)) return undefined
      values[place] = text.slice(at + 1, end)
      at = end + 1
    } else {
      const from = at
      let number = 0
      for (; isDigit(bytes[at] ?? 0); at++) number = number * 10 + (bytes[at] ?? 0) - DIGIT_0
      if (!isWholeNumber(bytes, from, at)) return undefined
      values[place] = number
    }
    at = skipSpaces(bytes, at)
  } while (bytes[at] === COMMA)
  if (bytes[at] !== CLOSE_OBJECT || at + 1 !== bytes.length) return undefined
  return {
    type: values[0],
    srcid: values[1],
    privPoliId: values[2],
    destid: values[3],
    payloadsize: values[4],
    payload: values[5],
    id: values[6],
    privPolyId: values[7],
    listenport: values[8],
  }
}

function skipSpaces(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === SPACE) at++
  return at
}

/** The place in NAMES of the name that starts here; -1 for any other name. */
function placeOfName(bytes: Uint8Array, at: number, likely: number): number {
  for (let place = likely; place < NAMES.length; place++) {
    if (startsWith(bytes, at, NAMES[place])) return place
  }
  return NAMES.findIndex((name) => startsWith(bytes, at, name))
}

function startsWith(bytes: Uint8Array, at: number, name: Uint8Array | undefined): boolean {
  if (name === undefined) return false
  for (let index = 0; index < name.length; index++) {
    if (bytes[at + index] !== name[index]) return false
  }
  return true
}

function isDigit(byte: number): boolean {
  return byte >= DIGIT_0 && byte <= DIGIT_0 + 9
}

/** Whether these digits are a number as JSON has it, and exact. */
function isWholeNumber(bytes: Uint8Array, from: number, to: number): boolean {
  const digits = to - from
  return digits === 1 || (digits > 1 && digits <= MOST_DIGITS && bytes[from] !== DIGIT_0)
}

/** Whether a text has neither escapes nor control characters. `to`: where its second quote is; -1 if it never ends. */
function isPlainText(bytes: Uint8Array, text: string, from: number, to: number): boolean {
  if (to - from > NEAR_BYTES) {
    const backslash = text.indexOf('\\', from)
    return (backslash === -1 || backslash > to) && !hasControls(bytes, from, to)
  }
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte < SPACE || byte === BACKSLASH) return false
  }
  return to !== -1
}

/** Whether any of these bytes, which are ASCII, is a control character. */
function hasControls(bytes: Uint8Array, from: number, to: number): boolean {
  // Added to four bytes of ASCII, it sets the highest bit of all but control characters, and carries nothing over.
  const ADDEND = 0x60606060
  const HIGHEST_BITS = 0x80808080 | 0
  const { buffer, byteOffset } = bytes
  const start = from + (-(byteOffset + from) & 3)
  const words = new Int32Array(buffer, byteOffset + start, ((to - start) >> 4) << 2)
  let bits = HIGHEST_BITS
  for (let at = 0; at < words.length; at += 4) {
    bits &=
      ((words[at] ?? 0) + ADDEND) &
      ((words[at + 1] ?? 0) + ADDEND) &
      ((words[at + 2] ?? 0) + ADDEND) &
      ((words[at + 3] ?? 0) + ADDEND)
  }
  if (bits !== HIGHEST_BITS) return true
  for (let at = from; at < start; at++) if ((bytes[at] ?? 0) < SPACE) return true
  for (let at = start + words.byteLength; at < to; at++) if ((bytes[at] ?? 0) < SPACE) return true
  return false
}
