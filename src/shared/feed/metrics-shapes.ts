// The fields of what is counted by second, in events and in a state.
import type { GroupSecond } from '../metrics/second'
import type { MetricsSeries } from '../metrics/series'
import type { Stretch } from '../metrics/stretches'
import { added, amount, count, listOf, oneOf, optional, shape, text, tupleOf, whole } from './field'
import { errorCode } from './shapes'

const of = oneOf('metrics of', ['all', 'policy', 'server', 'client', 'unknown'], 'unknown')
const sparse = listOf(whole)

export const groupSeconds = listOf(
  shape<GroupSecond>('second of a group', {
    of,
    id: text,
    begun: whole,
    answered: whole,
    refused: whole,
    lost: whole,
    inFlight: whole,
    queued: whole,
    inFlightMs: amount,
    wholeMs: amount,
    utilisation: optional(amount),
    due: optional(amount),
    reasons: listOf(tupleOf<GroupSecond['reasons'][number]>(errorCode, whole)),
    link: sparse,
    queue: sparse,
    service: sparse,
    whole: sparse,
    longest: added(listOf(amount), []),
    left: optional(whole),
    leftMs: optional(amount),
    presentMs: optional(amount),
  }),
)

export const metricsSeries = shape<MetricsSeries>('series of a group', {
  of,
  id: text,
  rows: listOf(listOf(count)),
  reasons: listOf(tupleOf<MetricsSeries['reasons'][number]>(whole, errorCode, whole)),
  stretches: listOf(
    shape<Stretch>('stretch of seconds', {
      from: whole,
      to: whole,
      link: sparse,
      queue: sparse,
      service: sparse,
      whole: sparse,
    }),
  ),
})
