// Time limits on programs outside, which live in real time: a lab that runs fast leaves them no less of it. In a lab that is
// slow or paused, the limits are the lab's.
import type { SimMs } from '../../../shared/ids'
import type { Clock } from './clock'

/** The simulated time after which at least this real time will have passed, at the present speed. */
export function inRealTime(clock: Pick<Clock, 'speed'>, limitMs: number): SimMs {
  return limitMs * Math.max(1, clock.speed)
}
