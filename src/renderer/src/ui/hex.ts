// Bytes as hex and as text, a row at a time, and how marked bytes change with keys.
import type { Range } from '../../../shared/diagnosis/field-ranges'

export const BYTES_PER_ROW = 8

interface HexByte {
  /** Its offset among all bytes. */
  at: number
  hex: string
  text: string
}

export function hexRows(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / BYTES_PER_ROW)
}

/** The offset of the row's first byte, in hex. */
export function hexOffset(row: number): string {
  return (row * BYTES_PER_ROW).toString(16).padStart(4, '0')
}

export function hexRow(bytes: Uint8Array, row: number): HexByte[] {
  const start = row * BYTES_PER_ROW
  return Array.from(bytes.subarray(start, start + BYTES_PER_ROW), (byte, index) => ({
    at: start + index,
    hex: hexOf(byte),
    text: printable(byte),
  }))
}

export function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

/** Printable ASCII; a dot for every other byte. */
function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'
}

/** The bytes from `anchor` to `head`, both inclusive, in either order; `head` is the end that moves. */
export interface Marking {
  anchor: number
  head: number
}

export function rangeOf({ anchor, head }: Marking): Range {
  return { from: Math.min(anchor, head), to: Math.max(anchor, head) + 1 }
}

export function markingOf({ from, to }: Range): Marking {
  return { anchor: from, head: to - 1 }
}

interface Pressed {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
}

/**
 * The marked bytes after a key; undefined if the key does not move them. With none marked, the first key marks the
 * first byte. `pageRows`: the visible rows.
 */
export function moved(
  marking: Marking | undefined,
  { key, shiftKey, ctrlKey }: Pressed,
  count: number,
  pageRows: number,
): Marking | undefined {
  const from = marking?.head ?? 0
  const to = target(key, ctrlKey, from, count, pageRows)
  if (to === undefined || count === 0) return undefined
  const head = marking === undefined ? 0 : Math.max(0, Math.min(to, count - 1))
  return { anchor: shiftKey && marking ? marking.anchor : head, head }
}

function target(
  key: string,
  toTheEnds: boolean,
  head: number,
  count: number,
  pageRows: number,
): number | undefined {
  const rowStart = head - (head % BYTES_PER_ROW)
  switch (key) {
    case 'ArrowLeft':
      return head - 1
    case 'ArrowRight':
      return head + 1
    // Up from the first row, or down from the last, nothing moves.
    case 'ArrowUp':
      return head < BYTES_PER_ROW ? head : head - BYTES_PER_ROW
    case 'ArrowDown':
      return head + BYTES_PER_ROW < count ? head + BYTES_PER_ROW : head
    case 'Home':
      return toTheEnds ? 0 : rowStart
    case 'End':
      return toTheEnds ? count - 1 : rowStart + BYTES_PER_ROW - 1
    case 'PageUp':
      return head - pageRows * BYTES_PER_ROW
    case 'PageDown':
      return head + pageRows * BYTES_PER_ROW
    default:
      return undefined
  }
}
