// Which rows of a long list are drawn, and where. All rows have the same height, so that the range is computed from the
// scroll offset, whatever the list's length.
import { type RefObject, useLayoutEffect, useReducer, useRef, useState } from 'react'
import { ScaledScroll } from './scaled-scroll'

/** How many rows are drawn beyond the visible ones. */
const OVERSCAN = 6

interface RowsOptions {
  count: number
  /** Pixels. */
  rowHeight: number
  /** How many rows of the same height stick to the top of the list. */
  headings?: 0 | 1
  scroller: RefObject<HTMLElement | null>
  /** Called when the person scrolls, with the pixels from the list's top. */
  onScroll?(offset: number): void
}

interface DrawnRows {
  /** `top`: pixels from the first row's place at the top. */
  rows: readonly { index: number; top: number }[]
  /** The height of all rows, in pixels. */
  height: number
  /** Scrolls no more than needed to show the row. */
  scrollToRow(row: number): void
  scrollToTop(): void
}

/** The rows from `first` (inclusive) to `end` (exclusive). */
interface RowRange {
  first: number
  end: number
}

/** The rows to draw of a list at `offset`: lengths in pixels, headings included in `view`. */
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
  // The scroller gets its listener once, which reads what was drawn last.
  const latest = useRef({ options, first, end, resize })
  latest.current = { options, first, end, resize }

  // The scroller may be mounted later than the list.
  useLayoutEffect(() => setElement(scroller.current))
  useLayoutEffect(() => {
    if (!element) return
    const drawIfChanged = () => {
      const drawn = latest.current
      drawn.resize()
      const range = rowRange(drawn.options, scroll.offset, element.clientHeight)
      const isSame = range.first === drawn.first && range.end === drawn.end
      // Where the bar is scaled, the rows move with it.
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
