// For tests: a second of a group in which nothing happened, but for what a test names; and figures with one more second.
import { MetricsDraft } from './draft'
import type { GroupSecond } from './second'
import type { Metrics } from './series'

export function groupSecond(named: Partial<GroupSecond> = {}): GroupSecond {
  return {
    of: 'all',
    id: '',
    begun: 0,
    answered: 0,
    refused: 0,
    lost: 0,
    inFlight: 0,
    queued: 0,
    inFlightMs: 0,
    wholeMs: 0,
    reasons: [],
    link: [],
    queue: [],
    service: [],
    whole: [],
    longest: [],
    ...named,
  }
}

export function withSecond(
  metrics: Metrics,
  second: number,
  groups: readonly GroupSecond[],
): Metrics {
  const draft = new MetricsDraft(metrics)
  draft.add(second, groups)
  return draft.done()
}
