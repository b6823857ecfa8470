// Keyboard movement through the rows of a list, the same in every panel.
import type { KeyboardEvent } from 'react'

interface GridKeys {
  count: number
  /** The selected row, or -1. */
  current: number
  /** How many rows Page Up and Page Down move by. */
  page: number
  /** `extend`: Shift is down, and all rows up to this one are meant. */
  onMove: (row: number, extend: boolean) => void
}

/** The key handler of an element whose rows are selected by arrow keys, Home, End, Page Up and Page Down. */
export function gridKeys({ count, current, page, onMove }: GridKeys) {
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const row = rowAfter(event.key, current, count, page)
    if (row === undefined) return
    event.preventDefault()
    onMove(row, event.shiftKey)
  }
}

/** The row that a key moves to; undefined for other keys and in an empty list. */
export function rowAfter(
  key: string,
  current: number,
  count: number,
  page: number,
): number | undefined {
  if (count === 0) return undefined
  const within = (row: number) => Math.min(count - 1, Math.max(0, row))
  switch (key) {
    case 'ArrowDown':
      return within(current + 1)
    case 'ArrowUp':
      return within(current - 1)
    case 'PageDown':
      return within(current + page)
    case 'PageUp':
      return within(current - page)
    case 'Home':
      return 0
    case 'End':
      return count - 1
    case 'Enter':
      return within(current)
    default:
      return undefined
  }
}
