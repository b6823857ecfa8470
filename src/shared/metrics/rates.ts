// The rates of single groups, as cards and links show them.
import type { SimMs } from '../ids'
import { SECOND_MS } from './counter'
import { EVERYTHING, type Metrics, type MetricsSeries } from './series'

/** The last second that has figures if its rates are still those of `now`; otherwise undefined. */
export function currentSecond(metrics: Metrics, now: SimMs): number | undefined {
  const last = metrics.get(EVERYTHING)?.rows.at(-1)?.[0]
  return last === undefined || isOver(last, now) ? undefined : last
}

/** Whether the seconds after this one had no messages: the figures of the next one would be known at `now`. */
export function isOver(second: number, now: SimMs): boolean {
  return now >= (second + 3) * SECOND_MS
}

/** Messages that began in each of the last seconds, up to this one. */
export function recentRates(
  series: Pick<MetricsSeries, 'rows'> | undefined,
  last: number,
  count: number,
): number[] {
  const rates = Array.from({ length: count }, () => 0)
  const rows = series?.rows ?? []
  for (let place = rows.length - 1; place >= 0; place--) {
    const [second = 0, begun = 0] = rows[place] ?? []
    const index = count - 1 - (last - second)
    if (index < 0) break
    if (index < count) rates[index] = begun
  }
  return rates
}
