// How often each latency came up over the seconds that are shown, with an axis of ratios, and where its percentiles are.
import { bucketsAt, countIn, edgesOf, timeOf } from '../../../shared/metrics/histogram'
import { EVERYTHING } from '../../../shared/metrics/series'
import { latenciesOver } from '../../../shared/metrics/stretches'
import { singlesKeptSince } from './kept-since'
import { secondsOf } from './seconds'
import type { Subject } from './subject'

interface Bin {
  /** Milliseconds. */
  readonly from: number
  readonly to: number
  readonly count: number
}

export interface LatencyHistogram {
  readonly bins: readonly Bin[]
  readonly count: number
  /** Messages that took no time, for which an axis of ratios has no place. */
  readonly none: number
  readonly marks: readonly { readonly label: string; readonly ms: number }[]
  /** The seconds that it counts: stretches of the figures may reach beyond the shown seconds. */
  readonly from: number
  readonly to: number
}

const SHARES = { p50: 0.5, p90: 0.9, p99: 0.99 }
/** The buckets of a bin: an eighth of those of a power of two. */
const BUCKETS = 8

/** Undefined without an answered message. */
export function latencyHistogram({
  metrics,
  group,
  latency,
  span,
}: Subject): LatencyHistogram | undefined {
  const series = metrics.get(group)
  const all = latenciesOver(series?.stretches ?? [], span.from, span.to)
  const sparse = all?.[latency] ?? []
  const count = countIn(sparse)
  if (all === undefined || count === 0) return undefined
  const counts = new Map<number, number>()
  let none = 0
  for (let place = 0; place + 1 < sparse.length; place += 2) {
    const [bucket = 0, messages = 0] = sparse.slice(place, place + 2)
    if (bucket === 0) none += messages
    else {
      const bin = Math.floor(bucket / BUCKETS)
      counts.set(bin, (counts.get(bin) ?? 0) + messages)
    }
  }
  const bins = [...counts].map(([bin, messages]) => ({
    // The first bin begins at the least time above 0.
    from: Math.max(1, edgesOf(bin * BUCKETS)[0]) / 1000,
    to: edgesOf((bin + 1) * BUCKETS)[0] / 1000,
    count: messages,
  }))
  const longestKept = Math.max(
    0,
    ...secondsOf(series, all).map(({ latencies }) => latencies[latency]?.max ?? 0),
  )
  // Single groups' seconds are forgotten before their histograms are: the longest time is then known to a bucket.
  const isWhole = group === EVERYTHING || all.from >= (singlesKeptSince(metrics) ?? 0)
  const longest = isWhole ? longestKept : Math.max(longestKept, timeOf(sparse.at(-2) ?? 0))
  const found = bucketsAt(sparse, Object.values(SHARES))
  const marks = Object.keys(SHARES).map((label, index) => ({
    label,
    ms: Math.min(longest, timeOf(found[index] ?? 0)),
  }))
  return {
    bins,
    count,
    none,
    marks: [...marks, { label: 'max', ms: longest }],
    from: all.from,
    to: all.to,
  }
}
