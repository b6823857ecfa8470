// The histogram of latencies: the area of a bar is the number of its messages, so that wide bars are not taken for tall ones.
import { formatLatency } from '../../../../shared/format'
import type { LatencyHistogram } from '../histogram'
import { logTicks } from './axes'
import { Axes, type ChartSheet, px, roomOf } from './frame'

/** The width of the bar for messages that took no time. */
const NONE_BAR = 12

export function HistogramDrawing({ shown, sheet }: { shown: LatencyHistogram; sheet: ChartSheet }) {
  const { fontSize, paint } = sheet
  const whole = roomOf(sheet, 0)
  const lines = Math.ceil(fontSize * 1.15)
  const room = { ...whole, left: whole.left + fontSize * 1.4, top: whole.top + lines }
  const left = room.left + (shown.none > 0 ? NONE_BAR + 8 : 0)
  const [from, to] = rangeOf(shown)
  const x = (ms: number) =>
    left +
    ((room.right - left) * Math.log(Math.min(to, Math.max(from, ms)) / from)) / Math.log(to / from)
  const bars = shown.bins.map((bin) => {
    const width = x(bin.to) - x(bin.from)
    return { ...bin, x: x(bin.from), width, density: bin.count / Math.max(0.01, width) }
  })
  const most = Math.max(...bars.map(({ density }) => density), shown.none / NONE_BAR)
  const tall = (density: number) => ((room.bottom - room.top) * density) / most
  const ticks = logTicks(from, to, (room.right - left) / (fontSize * 5)).map((ms) => ({
    at: x(ms),
    label: formatLatency(ms),
  }))
  const zero = shown.none > 0 ? [{ at: room.left + NONE_BAR / 2, label: '0' }] : []
  return (
    <Axes sheet={sheet} room={room} x={[...zero, ...ticks]} y={[]}>
      <g fill={paint('var(--accent)')} fillOpacity={0.55}>
        {shown.none > 0 && (
          <rect
            x={room.left}
            y={px(room.bottom - tall(shown.none / NONE_BAR))}
            width={NONE_BAR}
            height={px(tall(shown.none / NONE_BAR))}
          >
            <title>{barWords('no time', shown.none, shown.count)}</title>
          </rect>
        )}
        {bars.map((bar) => (
          <rect
            key={bar.from}
            x={px(bar.x)}
            y={px(room.bottom - tall(bar.density))}
            width={px(Math.max(1, bar.width - 0.5))}
            height={px(tall(bar.density))}
          >
            <title>{barWords(binWords(bar), bar.count, shown.count)}</title>
          </rect>
        ))}
      </g>
      <Marks shown={shown} x={x} top={whole.top} bottom={room.bottom} sheet={sheet} />
    </Axes>
  )
}

/** `40 ms to 45 ms`. */
export function binWords({ from, to }: { from: number; to: number }): string {
  return `${formatLatency(from)} to ${formatLatency(to)}`
}

function barWords(bin: string, count: number, all: number): string {
  return `${bin}: ${count} of ${all} messages`
}

interface MarksProps {
  shown: LatencyHistogram
  x(ms: number): number
  top: number
  bottom: number
  sheet: ChartSheet
}

/** Patterns beside the words: those of the same percentiles in the chart by second. */
const DASHES: Readonly<Record<string, string>> = {
  p50: '',
  p90: '6 3',
  p99: '2 3',
  max: '10 3 2 3',
}

/** Leaves out a label that would cover the one before it; the caption has all of them. */
function Marks({ shown, x, top, bottom, sheet: { fontSize, paint } }: MarksProps) {
  let free = Number.NEGATIVE_INFINITY
  return (
    <>
      {shown.marks.map(({ label, ms }) => {
        const at = x(ms)
        const width = label.length * fontSize * 0.62
        const fits = at - width / 2 > free
        if (fits) free = at + width / 2 + 3
        return (
          <g key={label}>
            <path
              d={`M${px(at)} ${top + fontSize * 1.1}V${bottom}`}
              stroke={paint('var(--ink)')}
              strokeDasharray={DASHES[label]}
              fill="none"
            />
            {fits && (
              <text
                x={px(at)}
                y={top + fontSize * 0.8}
                fontSize={fontSize}
                fill={paint('var(--ink)')}
                textAnchor="middle"
              >
                {label}
              </text>
            )}
          </g>
        )
      })}
    </>
  )
}

/** The axis spans at least half to twice a time, so that one bar is not as wide as the chart. */
function rangeOf({ bins, marks }: LatencyHistogram): [from: number, to: number] {
  const times = [...bins.flatMap(({ from, to }) => [from, to]), ...marks.map(({ ms }) => ms)]
  const known = times.filter((ms) => ms > 0)
  if (known.length === 0) return [0.1, 1]
  const [least, most] = [Math.min(...known), Math.max(...known)]
  return most / least >= 4 ? [least / 1.1, most * 1.1] : [least / 2, most * 2]
}
