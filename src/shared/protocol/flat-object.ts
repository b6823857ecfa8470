// Reads an object that lies whole in one read, as nearly all messages do, without scanning each byte: plain-object.ts or
// JSON.parse proves that it ends where it seems to. Whatever they do not prove is for object-end.ts.
import { MAX_NESTING } from '../limits'
import { CLOSE_OBJECT, isWhiteSpace, NUL, OPEN_OBJECT } from './json-bytes'
import { type MessageRead, readMessage } from './message'
import { readPlain } from './plain-object'

/** Two messages take more bytes. */
const ONE_MESSAGE_BYTES = 91
/** Shorter objects are never nested too deeply. */
const DEEP_BYTES = 2 * MAX_NESTING

/**
 * Returns the index after what may be the object that starts at `from`: a guess. 0: only a scan can find its end. `last`:
 * the bytes of the message before, which the next one is most likely as long as.
 */
export function flatEnd(chunk: Uint8Array, from: number, last: number): number {
  const { length } = chunk
  if (chunk[from] !== OPEN_OBJECT) return 0
  const isOne = length - from < Math.max(ONE_MESSAGE_BYTES, 2 * last)
  if (isOne && chunk[length - 1] === CLOSE_OBJECT) return length
  const end = chunk.indexOf(CLOSE_OBJECT, from) + 1
  return canFollow(chunk[end]) ? end : 0
}

/** Reads these bytes as a message; undefined if they are not one object, or if it may be nested too deeply. */
export function readFlat(
  bytes: Uint8Array,
  decode: (bytes: Uint8Array) => string,
): MessageRead | undefined {
  try {
    const text = decode(bytes)
    const plain = readPlain(bytes, text)
    const message = plain && readMessage(plain)
    if (message?.ok) return message
    // To say what is wrong with a message takes all of its fields.
    const value: Record<string, unknown> = JSON.parse(text)
    if (bytes.length > DEEP_BYTES && hasNested(value)) return undefined
    return readMessage(value)
  } catch {
    return undefined
  }
}

/** The object comes from JSON.parse, so that all of its names are its own. */
function hasNested(value: Readonly<Record<string, unknown>>): boolean {
  for (const name in value) if (typeof value[name] === 'object') return true
  return false
}

/** Whether this byte can follow a message; if not, the `}` before it is inside of one. */
function canFollow(byte: number | undefined): boolean {
  return byte === undefined || byte === OPEN_OBJECT || byte === NUL || isWhiteSpace(byte)
}
