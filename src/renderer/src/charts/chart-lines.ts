// What a chart by second is made of: lines with a value for each second, and a band that stands for all lines that are not drawn.
import type { SecondFigures } from '../../../shared/metrics/series'
import type { ShownSecond } from './seconds'

export const LINE_CHARTS = [
  'messages',
  'latency',
  'inFlight',
  'shares',
  'utilisation',
  'errors',
] as const
type LineChartName = (typeof LINE_CHARTS)[number]

export type Values = readonly (number | null)[]

interface ChartLine {
  readonly label: string
  /** CSS. */
  readonly colour: string
  /** Drawn thinner, so that another line stands out. */
  readonly isFaint?: boolean
  readonly dash: readonly number[]
  readonly values: Values
}

/** The least and the most of several lines in each second. */
export interface ChartBand {
  readonly label: string
  readonly colour: string
  readonly low: Values
  readonly high: Values
}

export interface LineChart {
  readonly name: LineChartName
  readonly title: string
  /** The unit of its values. */
  readonly unit: string
  /** What is counted, beside the title. */
  readonly detail?: string | undefined
  /** Its values are durations in milliseconds: each is written with a unit of its own. */
  readonly isDuration?: boolean
  /** The end of each second, in seconds of simulated time. */
  readonly times: readonly number[]
  readonly lines: readonly ChartLine[]
  readonly band?: ChartBand | undefined
  /** Says why there are no lines. */
  readonly empty?: string
}

/** The words beside the title. */
export function besideTitle({ unit, detail = '', isDuration }: ChartParts): string {
  return [isDuration ? '' : unit, detail].filter(Boolean).join(', ')
}

export type ChartParts = Omit<LineChart, 'name' | 'times'>

/** Lines differ in their patterns as well as in their colours. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [10, 3, 2, 3], [12, 5], [4, 6]]
/** More lines would look alike. */
export const MOST_LINES = DASHES.length

export function lineColour(place: number): string {
  return `var(--policy-${(place % 8) + 1})`
}

export function chartLine(label: string, colour: string, place: number, values: Values): ChartLine {
  return { label, colour, dash: DASHES[place % DASHES.length] ?? [], values }
}

export function figuresBySecond(
  seconds: readonly ShownSecond[],
  of: (one: SecondFigures) => number,
): Values {
  return seconds.map((one) => (one.isUnknown ? null : of(one)))
}

/** In a legend, one item stands for the shares that were due to all servers. */
export function isDue({
  label,
  isFaint = false,
}: {
  label: string
  isFaint?: boolean | undefined
}): boolean {
  return isFaint && label.endsWith(' due')
}
