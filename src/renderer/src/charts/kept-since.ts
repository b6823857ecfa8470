// Since when the figures of single policies, servers and clients are kept. There is room for METRICS_ROWS rows in all.
import { METRICS_ROWS } from '../../../shared/limits'
import type { Metrics } from '../../../shared/metrics/series'

/** The first second of which single groups have figures; undefined if none were dropped. */
export function singlesKeptSince(metrics: Metrics): number | undefined {
  let rows = 0
  let first = Number.POSITIVE_INFINITY
  let groups = 0
  for (const { of, rows: own } of metrics.values()) {
    if (of === 'all') continue
    groups++
    rows += own.length
    first = Math.min(first, own[0]?.[0] ?? first)
  }
  // The oldest second is dropped whole: fewer rows than one second has may be free.
  return rows > METRICS_ROWS - Math.max(1, groups) && groups > 0 ? first : undefined
}
