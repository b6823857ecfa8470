// The times beside a diagram, in one unit from top to bottom and with as many decimals in each, so that their digits stand
// below one another.
import { formatTime } from '../../../shared/format'
import type { SimMs } from '../../../shared/ids'

interface TimeColumn {
  /** `Time, s`. */
  heading: string
  textOf(at: SimMs): string
}

interface Column {
  /** Times count from this moment, in milliseconds; undefined: they are simulated time, as in the list of packets. */
  since: SimMs | undefined
  /** Microseconds are shown too. */
  fine: boolean
  /** The latest moment. */
  last: SimMs
}

const MINUTE_MS = 60_000

export function timeColumn({ since, fine, last }: Column): TimeColumn {
  if (since !== undefined) {
    return { heading: 'Time, ms', textOf: (at) => Math.max(0, at - since).toFixed(fine ? 3 : 1) }
  }
  return {
    heading: last < MINUTE_MS ? 'Time, s' : 'Time, min:s',
    textOf: fine ? withMicroseconds : formatTime,
  }
}

/** `15.343 038`. */
function withMicroseconds(at: SimMs): string {
  const microseconds = Math.round(at * 1000)
  const rest = String(microseconds % 1000).padStart(3, '0')
  return `${formatTime(Math.floor(microseconds / 1000))} ${rest}`
}

/** The moments whose times fit below one another, each with a text that differs from the one above it. */
export function ticksOf(
  moments: readonly { at: SimMs; y: number }[],
  { textOf }: TimeColumn,
  row: number,
): { y: number; text: string }[] {
  const ticks: { y: number; text: string }[] = []
  for (const { at, y } of moments) {
    const above = ticks.at(-1)
    const text = textOf(at)
    if (above === undefined || (y - above.y >= row && text !== above.text)) ticks.push({ y, text })
  }
  return ticks
}
