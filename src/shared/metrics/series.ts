// The seconds of a lab in its state: for each group its last seconds as rows of whole numbers, and the latencies of all its
// messages by stretches of time.
// A second in which nothing happened has no row.
import type { ErrorCode } from '../protocol/errors'
import { bucketsAt, timeOf } from './histogram'
import { type GroupSecond, LATENCIES, type Latency } from './second'
import type { Stretch } from './stretches'

/**
 * A second as whole numbers: COUNTS in their order, and for each latency the buckets of SHARES and the longest time in
 * microseconds, all plus 1, or 0 without any; then, since a later version, how many left, plus 1, how long these and those that are
 * present had been in flight, in microseconds.
 */
export type MetricsRow = readonly number[]

export type ReasonCount = readonly [second: number, reason: ErrorCode, count: number]

export interface MetricsSeries {
  readonly of: GroupSecond['of']
  readonly id: string
  readonly rows: readonly MetricsRow[]
  /** Errors by second, reason and number. */
  readonly reasons: readonly ReasonCount[]
  /** The oldest first. */
  readonly stretches: readonly Stretch[]
}

/** By group: `all `, `policy 111`, … */
export type Metrics = ReadonlyMap<string, MetricsSeries>

const COUNTS = ['begun', 'answered', 'refused', 'lost', 'inFlight', 'queued'] as const
const SHARES = [0.5, 0.9, 0.99]
const PER_LATENCY = SHARES.length + 1
const UNITS = 10_000
const LATENCIES_AT = 11
const LEFT_AT = LATENCIES_AT + LATENCIES.length * PER_LATENCY

interface Percentiles {
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly max: number
}

/** A row with names. */
export interface SecondFigures extends Readonly<Record<(typeof COUNTS)[number], number>> {
  readonly second: number
  readonly inFlightMs: number
  readonly wholeMs: number
  /** Undefined: an older version has not measured it. */
  readonly left: number | undefined
  readonly leftMs: number
  readonly presentMs: number
  readonly utilisation: number | undefined
  readonly due: number | undefined
  readonly latencies: Readonly<Record<Latency, Percentiles | undefined>>
}

export function seriesKey({ of, id }: Pick<GroupSecond, 'of' | 'id'>): string {
  return `${of} ${id}`
}

/** The key of everything together. */
export const EVERYTHING = seriesKey({ of: 'all', id: '' })

export function figuresOf(row: MetricsRow): SecondFigures {
  const [second = 0, begun = 0, answered = 0, refused = 0, lost = 0, inFlight = 0, queued = 0] = row
  return {
    second,
    begun,
    answered,
    refused,
    lost,
    inFlight,
    queued,
    inFlightMs: row[7] ?? 0,
    wholeMs: (row[8] ?? 0) / 1000,
    left: row[LEFT_AT] ? row[LEFT_AT] - 1 : undefined,
    leftMs: (row[LEFT_AT + 1] ?? 0) / 1000,
    presentMs: (row[LEFT_AT + 2] ?? 0) / 1000,
    utilisation: part(row[9]),
    due: part(row[10]),
    latencies: {
      link: percentiles(row, 0),
      queue: percentiles(row, 1),
      service: percentiles(row, 2),
      whole: percentiles(row, 3),
    },
  }
}

export function figuresRow(second: number, group: GroupSecond): MetricsRow {
  const { utilisation, due, left, leftMs = 0, presentMs = 0 } = group
  return [
    second,
    ...COUNTS.map((name) => group[name]),
    Math.round(group.inFlightMs),
    Math.round(group.wholeMs * 1000),
    utilisation === undefined ? 0 : 1 + Math.round(utilisation * UNITS),
    due === undefined ? 0 : 1 + Math.round(due * UNITS),
    ...LATENCIES.flatMap((latency, place) => {
      const found = bucketsAt(group[latency], SHARES)
      const longest = group.longest[place]
      return [
        ...SHARES.map((_, index) => (found[index] ?? -1) + 1),
        longest === undefined ? 0 : 1 + Math.round(longest * 1000),
      ]
    }),
    left === undefined ? 0 : 1 + left,
    Math.round(leftMs * 1000),
    Math.round(presentMs * 1000),
  ]
}

function part(value = 0): number | undefined {
  return value === 0 ? undefined : (value - 1) / UNITS
}

function percentiles(row: MetricsRow, latency: number): Percentiles | undefined {
  const at = (index: number) => row[LATENCIES_AT + latency * PER_LATENCY + index] ?? 0
  if (at(0) === 0) return undefined
  const max = Math.max(0, at(SHARES.length) - 1) / 1000
  // The middle of the longest time's bucket may be beyond it.
  const ms = (index: number) => Math.min(max, timeOf(at(index) - 1))
  return { p50: ms(0), p90: ms(1), p99: ms(2), max }
}
