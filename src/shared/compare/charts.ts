// The labs' seconds as lines over one another on one clock, drawn alike on the screen and in a report.

import { formatLatency } from '../format'
import type { SecondFigures } from '../metrics/series'
import type { Comparison } from './comparison'
import { comparedSeconds } from './figures'

interface ComparedLine {
  readonly name: string
  /** By second from 0 on; null where nothing is known. */
  readonly values: readonly (number | null)[]
}

export interface ComparedChart {
  readonly title: string
  /** Beside the title. */
  readonly unit: string
  /** Its values are durations in milliseconds: each is written with its unit. */
  readonly isDuration: boolean
  readonly lines: readonly ComparedLine[]
}

/** In `viewBox` units. */
export const CHART_WIDTH = 400
export const CHART_HEIGHT = 110
/** Patterns beside colours: `stroke-dasharray`. */
export const CHART_DASHES = ['none', '7 3', '2 3', '10 3 2 3'] as const

type Value = (second: SecondFigures) => number | null

const CHARTS: readonly {
  title: string
  unit: '/s' | 'ms' | ''
  value: Value
  ifQuiet: 0 | null
}[] = [
  { title: 'Answered', unit: '/s', value: ({ answered }) => answered, ifQuiet: 0 },
  { title: 'Errors', unit: '/s', value: ({ refused, lost }) => refused + lost, ifQuiet: 0 },
  { title: 'Latency, p50', unit: 'ms', value: ms('whole', 'p50'), ifQuiet: null },
  { title: 'Latency, p90', unit: 'ms', value: ms('whole', 'p90'), ifQuiet: null },
  { title: 'Latency, p99', unit: 'ms', value: ms('whole', 'p99'), ifQuiet: null },
  { title: 'In queues, p90', unit: 'ms', value: ms('queue', 'p90'), ifQuiet: null },
  {
    title: 'In flight, mean',
    unit: '',
    value: ({ inFlightMs }) => inFlightMs / 1000,
    ifQuiet: 0,
  },
]

function ms(latency: 'whole' | 'queue', of: 'p50' | 'p90' | 'p99'): Value {
  return ({ latencies }) => latencies[latency]?.[of] ?? null
}

export function comparedCharts({ labs }: Comparison): readonly ComparedChart[] {
  const seconds = labs.map((lab) => new Map(comparedSeconds(lab).map((one) => [one.second, one])))
  const length = Math.max(1, ...labs.map((lab) => Math.ceil(lab.ms / 1000)))
  return CHARTS.map(({ title, unit, value, ifQuiet }) => ({
    title,
    unit: unit === 'ms' ? '' : unit,
    isDuration: unit === 'ms',
    lines: labs.map(({ name }, lab) => ({
      name,
      values: Array.from({ length }, (_, second) => {
        const figures = seconds[lab]?.get(second)
        return figures === undefined ? ifQuiet : value(figures)
      }),
    })),
  }))
}

/** `75.3 s`, `420 ms`; of other charts `1200`, `0.25`. */
export function valueWords({ isDuration }: ComparedChart, value: number | null): string {
  if (value === null) return '–'
  if (isDuration) return formatLatency(value)
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)))
}

/** The largest value of all lines, rounded up to a figure that a person reads; at least 1. */
export function topOf({ lines }: ComparedChart): number {
  let most = 0
  for (const { values } of lines) for (const value of values) most = Math.max(most, value ?? 0)
  if (most <= 1) return 1
  const unit = 10 ** Math.floor(Math.log10(most))
  return [1, 1.5, 2, 3, 5, 7.5, 10].map((step) => step * unit).find((top) => top >= most) ?? most
}

/** An SVG path's `d`. A line breaks where nothing is known. */
export function linePath(values: readonly (number | null)[], top: number): string {
  const step = CHART_WIDTH / Math.max(1, values.length - 1)
  let isDrawing = false
  const parts: string[] = []
  for (const [second, value] of values.entries()) {
    if (value === null) {
      isDrawing = false
      continue
    }
    const x = (second * step).toFixed(1)
    const y = (CHART_HEIGHT * (1 - value / top)).toFixed(1)
    // A second that stands alone is a dot: a line of no length with round ends.
    parts.push(isDrawing ? `L${x} ${y}` : `M${x} ${y}h0`)
    isDrawing = true
  }
  return parts.join('')
}
