// Finds the end of a JSON object. Scans its bytes once, read by read, until the last bracket
// closes. It knows only brackets, strings and escapes; JSON.parse judges the rest.
import { MAX_NESTING } from '../limits'
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-bytes'

/** In ASCII, `}` comes two after `{`, and `]` two after `[`. */
const OPEN_TO_CLOSE = 2

/** Shorter strings are scanned faster in a loop than with a native search (measured). */
const NEAR_BYTES = 32

/**
 * `mismatched`: the last byte closes a bracket that was not open. `tooDeep`: the last byte opens
 * level MAX_NESTING + 1.
 */
type ObjectState = 'open' | 'closed' | 'mismatched' | 'tooDeep'

export class ObjectEnd {
  private depth = 0
  private inString = false
  /** The last scanned byte is a backslash in a string, so the next byte belongs to it. */
  private escaping = false
  /** The closing brackets still expected, innermost last. */
  private readonly expected = new Uint8Array(MAX_NESTING)
  private current: ObjectState = 'open'

  get state(): ObjectState {
    return this.current
  }

  get insideString(): boolean {
    return this.inString
  }

  /** Prepares for the next object, whose `{` is the next byte to scan. */
  begin(): void {
    this.depth = 0
    this.inString = false
    this.escaping = false
    this.current = 'open'
  }

  /** Scans `chunk` from `from` to `to`; returns the index after the last scanned byte. */
  scan(chunk: Uint8Array, from: number, to: number): number {
    const { expected } = this
    let { depth } = this
    let at = this.inString ? this.resumeString(chunk, from, to) : from
    while (at < to) {
      const byte = chunk[at++]
      if (byte === QUOTE) {
        at = this.scanString(chunk, at, to)
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (depth === MAX_NESTING) return this.stop('tooDeep', at)
        expected[depth++] = byte + OPEN_TO_CLOSE
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        const bracket = expected[--depth]
        if (byte !== bracket) {
          this.depth = depth
          return this.stop('mismatched', at)
        }
        if (depth === 0) return this.stop('closed', at)
      }
    }
    this.depth = depth
    return to
  }

  private stop(state: ObjectState, at: number): number {
    this.current = state
    return at
  }

  /** Continues a string that an earlier read began. */
  private resumeString(chunk: Uint8Array, from: number, to: number): number {
    if (from === to) return to
    const at = this.escaping ? from + 1 : from
    this.inString = false
    this.escaping = false
    return this.scanString(chunk, at, to)
  }

  /**
   * Scans from inside a string. Returns the index after its closing quote, or `to` if the string
   * continues.
   */
  private scanString(chunk: Uint8Array, from: number, to: number): number {
    let at = from
    // `at` is never on the second byte of an escape, so backslashes before it do not count.
    for (;;) {
      const near = Math.min(at + NEAR_BYTES, to)
      while (at < near) {
        const byte = chunk[at++]
        if (byte === QUOTE) return at
        if (byte === BACKSLASH) {
          if (at === to) return this.pauseString(true, to)
          at++
        }
      }
      if (at === to) return this.pauseString(false, to)
      const quote = chunk.indexOf(QUOTE, at)
      const end = quote === -1 || quote > to ? to : quote
      const escaped = endsInEscape(chunk, at, end)
      if (end === to) return this.pauseString(escaped, to)
      at = end + 1
      if (!escaped) return at
    }
  }

  private pauseString(escaping: boolean, to: number): number {
    this.inString = true
    this.escaping = escaping
    return to
  }
}

/** Returns whether an odd number of backslashes precedes `end`, which escapes the byte there. */
function endsInEscape(chunk: Uint8Array, from: number, end: number): boolean {
  let first = end
  while (first > from && chunk[first - 1] === BACKSLASH) first--
  return (end - first) % 2 === 1
}
