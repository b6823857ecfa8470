// Bytes as hex and as text, a row at a time.

export const BYTES_PER_ROW = 8

interface HexRow {
  offset: string
  hex: string
  text: string
}

export function hexRows(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / BYTES_PER_ROW)
}

export function hexRow(bytes: Uint8Array, row: number): HexRow {
  const start = row * BYTES_PER_ROW
  const part = bytes.subarray(start, start + BYTES_PER_ROW)
  return {
    offset: start.toString(16).padStart(4, '0'),
    hex: Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' '),
    text: Array.from(part, printable).join(''),
  }
}

/** ASCII as it is; a dot for what has no shape of its own in one byte. */
function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'
}
