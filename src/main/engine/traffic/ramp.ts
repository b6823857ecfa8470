// A rate that goes evenly from one to another, and stays there.
import type { RatePattern } from './pattern'

export const RAMP: RatePattern = {
  kind: 'rate',
  expected(ms, { perSecond, toPerSecond, periodMs }) {
    const on = Math.min(ms, periodMs)
    const rising = on * perSecond + ((toPerSecond - perSecond) * on * on) / (2 * periodMs)
    return (rising + (ms - on) * toPerSecond) / 1000
  },
  gap: () => 1,
  atOnce: () => 1,
}
