// A reading of simulated time for both sides of the worker: posted when the clock changes, extrapolated in between.
import type { SimMs } from '../../../../shared/ids'

/** At `epochMs` (milliseconds since 1970) it was `simMs`; `speed` simulated ms pass per real one, 0 while paused. */
export interface ClockReading {
  simMs: SimMs
  epochMs: number
  speed: number
}

export function simTime(clock: ClockReading, epochMs: number): SimMs {
  return clock.simMs + (epochMs - clock.epochMs) * clock.speed
}

/** Real time that the window and its worker share; each has another origin for `performance.now()`. */
export function epochNow(): number {
  return performance.timeOrigin + performance.now()
}
