// For tests: the metrics of a lab that answered messages with these latencies, one a second.
import { bucketOf } from '../metrics/histogram'
import { groupSecond, withSecond } from '../metrics/testing'
import type { ComparedLab } from './comparison'

export function metricsOf(latenciesMs: readonly number[]): ComparedLab['metrics'] {
  let metrics: ReturnType<typeof withSecond> = new Map()
  for (const [second, wholeMs] of latenciesMs.entries()) {
    const took = [bucketOf(wholeMs), 1]
    const shares = {
      link: took,
      service: took,
      whole: took,
      longest: [wholeMs, 0, wholeMs, wholeMs],
    }
    metrics = withSecond(metrics, second, [
      groupSecond({ begun: 1, answered: 1, inFlightMs: wholeMs, wholeMs, ...shares }),
    ])
  }
  return [...metrics]
}
