// The bytes that JSON is built of.

export const QUOTE = 0x22
export const BACKSLASH = 0x5c
export const OPEN_ARRAY = 0x5b
export const CLOSE_ARRAY = 0x5d
export const OPEN_OBJECT = 0x7b
export const CLOSE_OBJECT = 0x7d
export const NUL = 0x00
export const SPACE = 0x20
export const COMMA = 0x2c
export const DIGIT_0 = 0x30
export const COLON = 0x3a

export function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/**
 * Whether the byte after `{` and white space can stand there; undefined where it has not come yet.
 * If it cannot, the object may never end: its brackets and quotes mean something else.
 */
export function startsObject(chunk: Uint8Array, from: number): boolean | undefined {
  for (let at = from; at < chunk.length; at++) {
    const byte = chunk[at] ?? 0
    if (!isWhiteSpace(byte)) return byte === QUOTE || byte === CLOSE_OBJECT
  }
  return undefined
}
