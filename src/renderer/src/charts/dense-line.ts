// A line with more seconds than pixels: for each column of pixels, the span of its seconds, so that no extreme is lost and an hour
// costs no more than what can be seen.

interface Column {
  /** Whole pixels. */
  readonly x: number
  readonly first: number
  last: number
  least: number
  most: number
}

/** The columns that have values, from left to right, of these indices. `xOf` gives the pixel of an index. */
export function columnsOf(
  values: ArrayLike<number | null | undefined>,
  { from, to }: { from: number; to: number },
  xOf: (index: number) => number,
): Column[] {
  const columns: Column[] = []
  let column: Column | undefined
  for (let index = from; index <= to; index++) {
    const value = values[index]
    if (value === null || value === undefined) continue
    const x = Math.round(xOf(index))
    if (column?.x !== x) {
      column = { x, first: value, last: value, least: value, most: value }
      columns.push(column)
      continue
    }
    column.last = value
    column.least = Math.min(column.least, value)
    column.most = Math.max(column.most, value)
  }
  return columns
}

/** Pixels that a line may go up and down within one column, on average. */
const MOST_NOISE = 12

/**
 * Whether the line goes up and down so much within its columns that a pattern along it could not be seen, and would take most of
 * the time of drawing it.
 */
export function isNoisy(columns: readonly Column[], yOf: (value: number) => number): boolean {
  const spans = columns.reduce((sum, { least, most }) => sum + Math.abs(yOf(most) - yOf(least)), 0)
  return spans > MOST_NOISE * columns.length
}

type Pen = Pick<Path2D, 'moveTo' | 'lineTo'>

/** Draws the columns. `dash`: pixels drawn and left out along the time, in turn; `yOf` gives the pixel of a value. */
export function drawColumns(
  pen: Pen,
  columns: readonly Column[],
  dash: readonly number[],
  yOf: (value: number) => number,
): void {
  const isDrawn = patternOf(dash)
  let end: number | undefined
  for (const { x, first, last, least, most } of columns) {
    if (!isDrawn(x)) {
      end = undefined
      continue
    }
    // A column without values before it is a gap.
    if (end === x - 1) pen.lineTo(x, yOf(first))
    else pen.moveTo(x, yOf(first))
    // A column of one value is as wide as its pixel, even alone between two gaps.
    if (least === most) pen.lineTo(x + 1, yOf(last))
    else {
      // In the order that does not go over the same pixels twice.
      for (const value of last > first ? [least, most] : [most, least]) pen.lineTo(x, yOf(value))
      pen.lineTo(x, yOf(last))
    }
    end = x
  }
}

function patternOf(dash: readonly number[]): (x: number) => boolean {
  const whole = dash.reduce((sum, one) => sum + one, 0)
  if (whole === 0) return () => true
  return (x) => {
    let left = ((x % whole) + whole) % whole
    let drawn = true
    for (const length of dash) {
      if (left < length) return drawn
      left -= length
      drawn = !drawn
    }
    return drawn
  }
}
