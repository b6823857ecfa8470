// A rate that goes to another one and back, in waves.
import type { RatePattern } from './pattern'

export const SINE: RatePattern = {
  kind: 'rate',
  expected(ms, { perSecond, toPerSecond, periodMs }) {
    const swing = (toPerSecond - perSecond) / 2
    const turns = (2 * Math.PI) / periodMs
    return ((perSecond + swing) * ms - (swing * Math.sin(ms * turns)) / turns) / 1000
  },
  gap: () => 1,
  atOnce: () => 1,
}
