// Which rows of a long list are drawn, and where: a virtual list of rows of one height, of any length.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useReducer, useRef, useState } from 'react'
import { ScaledScroll } from './scaled-scroll'

/** Rows beyond the ones in view that are drawn as well. */
const OVERSCAN = 6
/** The virtual list keeps something of each of its rows: it is given this many, those around the ones in view. */
const SLICE = 2_000

interface ScaledRowsOptions {
  count: number
  /** Pixels; the heading, which sticks to the top, has the same height. */
  rowHeight: number
  scroller: RefObject<HTMLElement | null>
  /** The list was scrolled by the person: pixels from its top. */
  onScroll: (offset: number) => void
}

export interface ScaledRows {
  /** `top`: pixels from the first row's place at rest. */
  rows: readonly { index: number; top: number }[]
  /** Of all rows, in pixels. */
  height: number
  /** Scrolls as little as shows the row. */
  scrollToRow(row: number): void
  scrollToTop(): void
}

export function useScaledRows({
  count,
  rowHeight,
  scroller,
  onScroll,
}: ScaledRowsOptions): ScaledRows {
  const [scroll] = useState(() => new ScaledScroll())
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const tell = useRef<(offset: number, scrolling: boolean) => void>(undefined)
  const resize = () => scroll.resize((count + 1) * rowHeight, scroller.current?.clientHeight ?? 0)
  resize()
  // The scroller is listened to once, and goes by what was drawn last.
  const latest = useRef({ resize, onScroll })
  latest.current = { resize, onScroll }

  const estimateSize = useCallback(() => rowHeight, [rowHeight])
  const first = sliceAt(scroll.offset / rowHeight, count)
  const virtualizer = useVirtualizer<HTMLElement, Element>({
    count: Math.min(SLICE, count - first),
    getScrollElement: () => scroller.current,
    estimateSize,
    overscan: OVERSCAN,
    // Above the slice are the heading, which sticks to the top, and the rows before it.
    scrollMargin: (1 + first) * rowHeight,
    // The rows go by the place in the list, which is not always the scroll bar's.
    observeElementOffset: ({ scrollElement }, callback) => {
      if (!scrollElement) return
      tell.current = callback
      const follow = () => {
        latest.current.resize()
        const offset = scroll.moved(scrollElement.scrollTop)
        callback(offset, false)
        if (scroll.scaled) draw()
        latest.current.onScroll(offset)
      }
      scrollElement.addEventListener('scroll', follow, { passive: true })
      callback(scroll.offset, false)
      return () => scrollElement.removeEventListener('scroll', follow)
    },
    // Rows have one height: the list never has to correct where it is.
    scrollToFn: () => {},
  })

  function go(offset: number) {
    const element = scroller.current
    if (!element) return
    resize()
    element.scrollTop = scroll.go(offset)
    tell.current?.(scroll.offset, false)
    draw()
  }

  return {
    rows: virtualizer.getVirtualItems().map(({ index }) => ({
      index: first + index,
      top: (first + index) * rowHeight + scroll.shift,
    })),
    height: scroll.height - rowHeight,
    scrollToTop: () => go(0),
    scrollToRow: (row) => {
      resize()
      const view = scroller.current?.clientHeight ?? 0
      const highest = row * rowHeight
      const lowest = highest + 2 * rowHeight - view
      if (scroll.offset > highest) go(highest)
      else if (scroll.offset < lowest) go(lowest)
    },
  }
}

/** The first row of the slice that a row in view is well within; it changes in steps. */
function sliceAt(row: number, count: number): number {
  const step = SLICE / 4
  const first = Math.round(row / step) * step - SLICE / 2
  return Math.max(0, Math.min(count - SLICE, first))
}
