// The bytes that a finding shows: few enough to be read, and where they are.
import { fieldRanges } from '../field-ranges'
import { MOST_SEEN_BYTES, type SeenBytes } from './diagnosis'

/** The beginning of these bytes. */
export function beginningOf(bytes: Uint8Array, packet?: number): SeenBytes {
  return {
    bytes: bytes.subarray(0, MOST_SEEN_BYTES),
    offset: 0,
    ...(packet !== undefined && { packet }),
  }
}

/** A field of a message, its key and its value: the last one of this name. */
export function fieldOf(bytes: Uint8Array, name: string | undefined, packet: number): SeenBytes {
  const range = fieldRanges(bytes).findLast((one) => one.name === name)
  if (range === undefined) return beginningOf(bytes, packet)
  const from = range.key.from
  const to = Math.min(range.value.to, from + MOST_SEEN_BYTES)
  return { bytes: bytes.subarray(from, to), offset: from, packet }
}

export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, MOST_SEEN_BYTES), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

export function bytesOfHex(hex: string): Uint8Array {
  return Uint8Array.from({ length: Math.floor(hex.length / 2) }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  )
}

/** For a line of text: `7b 22 74  {"t`; what is no visible ASCII is a point. */
export function hexWords(bytes: Uint8Array): string {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const text = Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
  ).join('')
  return `${pairs}  ${text}`
}
