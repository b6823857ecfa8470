// How many charts fit, and in how many columns and rows, so that nobody needs to scroll.
import type { ContentSize } from './content-size'

interface Fit {
  columns: number
  rows: number
}

/** The least size of a chart that can be read, in its font's size. */
const LEAST = { width: 17, height: 7 }
/** The ratio of a chart's sides that is best to read. */
const RATIO = 2.2

/** `gap`: between two charts, pixels. */
export function fitOf(
  wanted: number,
  { width, height, fontSize }: ContentSize,
  gap = { x: 16, y: 4 },
): Fit {
  const most = {
    columns: Math.max(1, Math.floor((width + gap.x) / (LEAST.width * fontSize + gap.x))),
    rows: Math.max(1, Math.floor((height + gap.y) / (LEAST.height * fontSize + gap.y))),
  }
  const count = Math.min(wanted, most.columns * most.rows)
  let best: Fit = { columns: Math.min(count, most.columns), rows: 1 }
  let distance = Number.POSITIVE_INFINITY
  for (let rows = 1; rows <= most.rows; rows++) {
    const columns = Math.ceil(count / rows)
    // A row that stays empty is not one.
    if (columns > most.columns || Math.ceil(count / columns) < rows) continue
    const ratio = width / columns / (height / rows)
    const here = Math.abs(Math.log(ratio / RATIO))
    if (here < distance) {
      distance = here
      best = { columns, rows }
    }
  }
  return best
}
