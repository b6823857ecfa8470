// Simulated time on both sides of the worker: posted when it changes, reckoned in between.
import type { SimMs } from '../../../../shared/ids'

/** At `epochMs` (milliseconds since 1970) it was `simMs`; `speed` simulated ms pass per real one, 0 while paused. */
export interface Clock {
  simMs: SimMs
  epochMs: number
  speed: number
}

export function simTime(clock: Clock, epochMs: number): SimMs {
  return clock.simMs + (epochMs - clock.epochMs) * clock.speed
}

/** Real time that a window and its worker agree on (`performance.now()` counts from another start in each). */
export function epochNow(): number {
  return performance.timeOrigin + performance.now()
}
