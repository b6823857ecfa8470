// A chart by second as SVG, for files; on the screen uPlot draws it faster.
import type { ChartBand, LineChart, Values } from '../chart-lines'
import { linearTicks, timeLabel, timeTicks, valueLabel } from './axes'
import { Axes, type ChartSheet, px, roomOf } from './frame'

export function LinesDrawing({ shown, sheet }: { shown: LineChart; sheet: ChartSheet }) {
  const { fontSize, paint } = sheet
  const { times, lines, band } = shown
  const room = roomOf(sheet, shown.isDuration ? 6 : 5)
  const [first = 0] = times
  const last = Math.max(first + 1, times.at(-1) ?? 0)
  const values = [...lines.map((one) => one.values), band?.high ?? []].flatMap((line) =>
    line.map((value) => value ?? 0),
  )
  const most = values.reduce((all, value) => Math.max(all, value), 1) * 1.1
  const x = (time: number) =>
    room.left + ((room.right - room.left) * (time - first)) / (last - first)
  const y = (value: number) => room.bottom - ((room.bottom - room.top) * value) / most
  return (
    <Axes
      sheet={sheet}
      room={room}
      x={timeTicks(first, last, (room.right - room.left) / (fontSize * 5)).map((time) => ({
        at: x(time),
        label: timeLabel(time),
      }))}
      y={linearTicks(most, (room.bottom - room.top) / (fontSize * 2.6)).map((value) => ({
        at: y(value),
        label: valueLabel(value, shown.isDuration),
      }))}
    >
      {band && (
        <path
          d={bandPath(band, (index) => x(times[index] ?? 0), y)}
          fill={paint(band.colour)}
          fillOpacity={0.3}
        />
      )}
      {lines.map((line) => (
        <path
          key={line.label}
          d={pathOf(line.values, (index) => x(times[index] ?? 0), y)}
          stroke={paint(line.colour)}
          strokeWidth={line.isFaint ? 1.2 : 2}
          strokeDasharray={line.dash.join(' ') || undefined}
          strokeLinejoin="round"
          fill="none"
        />
      ))}
    </Axes>
  )
}

/** One area for each run of seconds in which the band has values. */
function bandPath(
  { low, high }: ChartBand,
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = ''
  let start = 0
  high.forEach((value, index) => {
    if (value === null) start = index + 1
    else if ((high[index + 1] ?? null) === null) {
      const at = (values: Values, second: number) =>
        `${px(x(second))} ${px(y(values[second] ?? 0))}`
      const run = Array.from({ length: index - start + 1 }, (_, place) => start + place)
      const along = run.map((second) => at(high, second))
      const back = run.reverse().map((second) => at(low, second))
      path += `M${[...along, ...back].join('L')}Z`
    }
  })
  return path
}

/** Breaks the line at seconds without a value. */
function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = ''
  let isDown = false
  values.forEach((value, index) => {
    // A value between two seconds without one is drawn as a dot.
    if (value !== null)
      path += `${isDown ? 'L' : 'M'}${px(x(index))} ${px(y(value))}${isDown ? '' : 'h0.1'}`
    isDown = value !== null
  })
  return path
}
