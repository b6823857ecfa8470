// The rates of single groups, as cards and links show them.
import { EVERYTHING, type Metrics, type MetricsSeries } from './series'

/** The last second that has figures; undefined before the first one. */
export function lastSecond(metrics: Metrics): number | undefined {
  return metrics.get(EVERYTHING)?.rows.at(-1)?.[0]
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
