// What a pattern of traffic is. To add one: a file like the others here, a line in registry.ts, and its name and settings in
// shared/settings/features/traffic.ts.
import type { SimMs } from '../../../shared/ids'
import type { TrafficValues } from '../../../shared/settings/features/traffic'
import type { Random } from '../clock/random'

/** Sends at a rate, which may change with time. */
export interface RatePattern {
  readonly kind: 'rate'
  /** How many messages the rate amounts to in this time from the start. Never decreases. */
  expected(ms: SimMs, values: TrafficValues): number
  /** How many messages the rate amounts to from one arrival to the next. */
  gap(values: TrafficValues, random: Random): number
  /** How many messages arrive at once. */
  atOnce(values: TrafficValues): number
}

/** Sends at given times. */
export interface ListPattern {
  readonly kind: 'list'
  /** In ms from the start, in order. */
  times(values: TrafficValues): readonly SimMs[]
}

/** Each client sends its next message some time after the answer to the one before. */
export interface LoopPattern {
  readonly kind: 'loop'
  thinkMs(values: TrafficValues, random: Random): SimMs
}

export type Pattern = RatePattern | ListPattern | LoopPattern

/** Draws from the exponential distribution of mean 1. */
export function exponential(random: Random): number {
  return -Math.log(1 - random.next())
}
