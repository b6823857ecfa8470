// Which rows of a long list are drawn, and where. The rows have one height, so that the range follows from the place by
// arithmetic; the list may be of any length.
import { type RefObject, useLayoutEffect, useReducer, useRef, useState } from 'react'
import { ScaledScroll } from './scaled-scroll'

/** DrawnRows beyond the ones in view that are drawn as well. */
const OVERSCAN = 6

interface RowsOptions {
  count: number
  /** Pixels. */
  rowHeight: number
  /** DrawnRows of the same height that stick to the top of the list. */
  headings?: 0 | 1
  scroller: RefObject<HTMLElement | null>
  /** The list was scrolled by the person: pixels from its top. */
  onScroll?(offset: number): void
}

export interface DrawnRows {
  /** `top`: pixels from the first row's place at rest. */
  rows: readonly { index: number; top: number }[]
  /** Of all rows, in pixels. */
  height: number
  /** Scrolls as little as shows the row. */
  scrollToRow(row: number): void
  scrollToTop(): void
}

/** The rows from `first` up to, not including, `end`. */
export interface RowRange {
  first: number
  end: number
}

/** What has to be drawn of a list that is at `offset`: lengths in pixels, headings included in `view`. */
export function rowRange(
  { count, rowHeight, headings = 0 }: Pick<RowsOptions, 'count' | 'rowHeight' | 'headings'>,
  offset: number,
  view: number,
): RowRange {
  const first = Math.floor(offset / rowHeight) - OVERSCAN
  const end = Math.ceil((offset + view) / rowHeight) - headings + OVERSCAN
  return { first: Math.max(0, Math.min(first, count)), end: Math.max(0, Math.min(end, count)) }
}

export function useRows(options: RowsOptions): DrawnRows {
  const { count, rowHeight, headings = 0, scroller } = options
  const [scroll] = useState(() => new ScaledScroll())
  const [, draw] = useReducer((turn: number) => turn + 1, 0)
  const [element, setElement] = useState<HTMLElement | null>(null)
  const view = () => scroller.current?.clientHeight ?? 0
  const resize = () => scroll.resize((count + headings) * rowHeight, view())
  resize()
  const { first, end } = rowRange(options, scroll.offset, view())
  // The scroller is listened to once, and goes by what was drawn last.
  const latest = useRef({ options, first, end, resize })
  latest.current = { options, first, end, resize }

  // The scroller may appear later than the list.
  useLayoutEffect(() => setElement(scroller.current))
  useLayoutEffect(() => {
    if (!element) return
    const drawIfChanged = () => {
      const drawn = latest.current
      drawn.resize()
      const range = rowRange(drawn.options, scroll.offset, element.clientHeight)
      const isSame = range.first === drawn.first && range.end === drawn.end
      // Where the bar is scaled, the rows move along with it.
      if (!isSame || scroll.scaled) draw()
    }
    const follow = () => {
      latest.current.resize()
      const offset = scroll.moved(element.scrollTop)
      drawIfChanged()
      latest.current.options.onScroll?.(offset)
    }
    element.addEventListener('scroll', follow, { passive: true })
    const observer = new ResizeObserver(drawIfChanged)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', follow)
      observer.disconnect()
    }
  }, [element, scroll])

  function go(offset: number) {
    const at = scroller.current
    if (!at) return
    resize()
    at.scrollTop = scroll.go(offset)
    draw()
  }

  return {
    rows: Array.from({ length: Math.max(0, end - first) }, (_, place) => ({
      index: first + place,
      top: (first + place) * rowHeight + scroll.shift,
    })),
    height: scroll.height - headings * rowHeight,
    scrollToTop: () => go(0),
    scrollToRow: (row) => {
      resize()
      const highest = row * rowHeight
      const lowest = highest + (1 + headings) * rowHeight - view()
      if (scroll.offset > highest) go(highest)
      else if (scroll.offset < lowest) go(lowest)
    },
  }
}
