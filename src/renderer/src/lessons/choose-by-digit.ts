// Digits choose in a list. Elsewhere they open panels.
import type { KeyboardEvent } from 'react'

/** A key handler for a list: 1 chooses the first, and so on. */
export function chooseByDigit(count: number, choose: (index: number) => void) {
  return (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return
    event.preventDefault()
    const index = Number(event.key) - 1
    if (index < count) choose(index)
  }
}
