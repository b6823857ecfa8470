// The hash functions that the real ones use, on the bytes of a text.

const encoder = new TextEncoder()
/** Up to here an encoder takes longer than we do. */
const SHORT_CHARS = 64

/** The bytes of the latest key, since several algorithms hash the same one. */
let last = { text: '', bytes: new Uint8Array() }

/** In UTF-8. Never write to it. */
export function keyBytes(text: string): Uint8Array {
  if (last.text !== text) last = { text, bytes: encoded(text) }
  return last.bytes
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  const { length } = text
  if (length > SHORT_CHARS) return encoder.encode(text)
  const bytes = new Uint8Array(length)
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code > 0x7f) return encoder.encode(text)
    bytes[index] = code
  }
  return bytes
}

/** HAProxy's default hash of a key. */
export function sdbm(bytes: Uint8Array): number {
  let hash = 0
  for (let index = 0; index < bytes.length; index++) {
    hash = ((bytes[index] ?? 0) + (hash << 6) + (hash << 16) - hash) | 0
  }
  return hash >>> 0
}

/** Bob Jenkins' hash of an integer, multiplied by a large prime, as HAProxy does to spread points over its ring. */
export function fullHash(value: number): number {
  let hash = value | 0
  hash = (hash + 0x7ed55d16 + (hash << 12)) | 0
  hash = hash ^ 0xc761c23c ^ (hash >>> 19)
  hash = (hash + 0x165667b1 + (hash << 5)) | 0
  hash = ((hash + 0xd3a2646c) | 0) ^ (hash << 9)
  hash = (hash + 0xfd7046c5 + (hash << 3)) | 0
  hash = hash ^ 0xb55a4f09 ^ (hash >>> 16)
  return Math.imul(hash, 3_221_225_473) >>> 0
}
