// A message after each time of the same length.
import type { RatePattern } from './pattern'

export const CONSTANT: RatePattern = {
  kind: 'rate',
  expected: (ms, { perSecond }) => (ms / 1000) * perSecond,
  gap: () => 1,
  atOnce: () => 1,
}
