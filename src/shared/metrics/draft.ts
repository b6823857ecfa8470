// The seconds of a lab while a batch of events is applied to them: the lists are copied once in a batch, however many seconds
// it has.
//
// Bounds: METRICS_SECONDS seconds of everything together (an hour), and METRICS_ROWS rows of all other groups, of which the
// oldest are dropped first; METRICS_BUCKETS numbers of all histograms, of which the oldest are merged first.
import { METRICS_BUCKETS, METRICS_ROWS, METRICS_SECONDS } from '../limits'
import type { GroupSecond } from './second'
import {
  figuresRow,
  type Metrics,
  type MetricsRow,
  type MetricsSeries,
  type ReasonCount,
  seriesKey,
} from './series'
import { coarser, numbersIn, type Stretch, withLatencies } from './stretches'

/** A series that this batch may change. */
interface OwnSeries extends MetricsSeries {
  readonly rows: MetricsRow[]
  readonly reasons: ReasonCount[]
  stretches: readonly Stretch[]
}

export class MetricsDraft {
  /** A copy, once it has changed. */
  private series: Map<string, MetricsSeries> | undefined
  private readonly own = new Map<string, OwnSeries>()

  constructor(private readonly metrics: Metrics) {}

  add(second: number, groups: readonly GroupSecond[]): void {
    for (const group of groups) {
      const series = this.edit(group)
      series.rows.push(figuresRow(second, group))
      for (const [reason, count] of group.reasons) series.reasons.push([second, reason, count])
      const fineness = group.of === 'all' ? 'all' : 'other'
      series.stretches = withLatencies(series.stretches, second, group, fineness)
    }
    this.boundRows()
    this.boundHistograms()
  }

  clear(): void {
    this.series = new Map()
    this.own.clear()
  }

  /** The draft must not be changed any more. */
  done(): Metrics {
    return this.series ?? this.metrics
  }

  private get all(): Map<string, MetricsSeries> {
    this.series ??= new Map(this.metrics)
    return this.series
  }

  private edit({ of, id }: Pick<MetricsSeries, 'of' | 'id'>): OwnSeries {
    const key = seriesKey({ of, id })
    const own = this.own.get(key)
    if (own) return own
    const { rows = [], reasons = [], stretches = [] } = this.all.get(key) ?? {}
    const copy: OwnSeries = { of, id, rows: [...rows], reasons: [...reasons], stretches }
    this.own.set(key, copy)
    this.all.set(key, copy)
    return copy
  }

  private boundRows(): void {
    let others = 0
    for (const series of this.all.values()) {
      const { of, rows } = series
      if (of !== 'all') others += rows.length
      else if (rows.length > METRICS_SECONDS) {
        this.forget(series, rows[rows.length - METRICS_SECONDS]?.[0] ?? 0)
      }
    }
    while (others > METRICS_ROWS) others -= this.forgetOldest()
  }

  /** Forgets the oldest second of all but everything together; returns its number of rows. */
  private forgetOldest(): number {
    const others = [...this.all.values()].filter(({ of }) => of !== 'all')
    const oldest = Math.min(...others.map(({ rows }) => rows[0]?.[0] ?? Number.POSITIVE_INFINITY))
    const having = others.filter(({ rows }) => rows[0]?.[0] === oldest)
    for (const series of having) {
      if (series.rows.length > 1) this.forget(series, oldest + 1)
      else {
        this.all.delete(seriesKey(series))
        this.own.delete(seriesKey(series))
      }
    }
    return having.length
  }

  /** Forgets what is before this second. Its histograms stay those of all its messages. */
  private forget(series: MetricsSeries, second: number): void {
    const { rows, reasons } = this.edit(series)
    dropBefore(rows, second)
    dropBefore(reasons, second)
  }

  private boundHistograms(): void {
    let sum = 0
    for (const { stretches } of this.all.values()) sum += numbersIn(stretches)
    while (sum > METRICS_BUCKETS) {
      const largest = this.largestHistogram()
      if (largest === undefined) return
      const series = this.edit(largest)
      sum -= numbersIn(series.stretches)
      series.stretches = coarser(series.stretches)
      sum += numbersIn(series.stretches)
    }
  }

  /** The first of those with most numbers, if it can be made coarser. */
  private largestHistogram(): MetricsSeries | undefined {
    let largest: MetricsSeries | undefined
    let most = 0
    for (const series of this.all.values()) {
      const size = numbersIn(series.stretches)
      if (series.stretches.length < 2 || size <= most) continue
      largest = series
      most = size
    }
    return largest
  }
}

/** The list is in order of time. */
function dropBefore(list: (readonly [number, ...unknown[]] | MetricsRow)[], second: number): void {
  let count = 0
  while (count < list.length && (list[count]?.[0] ?? 0) < second) count++
  list.splice(0, count)
}
