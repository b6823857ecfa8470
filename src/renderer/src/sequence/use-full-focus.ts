// Where the focus is when the diagram becomes full size and when it returns to its panel.
import { type RefObject, useEffect, useRef } from 'react'

const PLACES = ['.sequence-sheet', '.sequence-full']

/** Moves the focus into the full-size diagram, and back to the dock where it is left from the keyboard. */
export function useFullFocus(full: boolean): RefObject<HTMLElement | null> {
  const frame = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = frame.current
    if (!full || element === null) return
    placeIn(element)?.focus()
    return () => {
      // The panel in the dock is there after the next paint.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return
        const dock = document.querySelector('.dock')
        const tab = dock?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')
        const place = (dock && placeIn(dock)) ?? tab
        place?.focus()
      })
    }
  }, [full])
  return frame
}

/** The diagram itself, or its button where there is nothing to draw. */
function placeIn(element: Element): HTMLElement | undefined {
  for (const place of PLACES) {
    const found = element.querySelector<HTMLElement>(place)
    if (found) return found
  }
  return undefined
}
