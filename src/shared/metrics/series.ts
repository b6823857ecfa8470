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

/** They are read from the row when they are asked for: of an hour of many groups, most never are. */
export function figuresOf(row: MetricsRow): SecondFigures {
  return new RowFigures(row)
}

class RowFigures implements SecondFigures {
  constructor(private readonly row: MetricsRow) {}

  get second(): number {
    return this.row[0] ?? 0
  }

  get begun(): number {
    return this.row[1] ?? 0
  }

  get answered(): number {
    return this.row[2] ?? 0
  }

  get refused(): number {
    return this.row[3] ?? 0
  }

  get lost(): number {
    return this.row[4] ?? 0
  }

  get inFlight(): number {
    return this.row[5] ?? 0
  }

  get queued(): number {
    return this.row[6] ?? 0
  }

  get inFlightMs(): number {
    return this.row[7] ?? 0
  }

  get wholeMs(): number {
    return (this.row[8] ?? 0) / 1000
  }

  get left(): number | undefined {
    const { row } = this
    return row[LEFT_AT] ? row[LEFT_AT] - 1 : undefined
  }

  get leftMs(): number {
    return (this.row[LEFT_AT + 1] ?? 0) / 1000
  }

  get presentMs(): number {
    return (this.row[LEFT_AT + 2] ?? 0) / 1000
  }

  get utilisation(): number | undefined {
    return part(this.row[9])
  }

  get due(): number | undefined {
    return part(this.row[10])
  }

  get latencies(): SecondFigures['latencies'] {
    return new RowLatencies(this.row)
  }
}

class RowLatencies implements Readonly<Record<Latency, Percentiles | undefined>> {
  constructor(private readonly row: MetricsRow) {}

  get link(): Percentiles | undefined {
    return percentiles(this.row, 0)
  }

  get queue(): Percentiles | undefined {
    return percentiles(this.row, 1)
  }

  get service(): Percentiles | undefined {
    return percentiles(this.row, 2)
  }

  get whole(): Percentiles | undefined {
    return percentiles(this.row, 3)
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
