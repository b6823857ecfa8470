// Simulated time. Every delay that the engine adds goes through a clock, so that the person watching
// can pause it, slow it down and step through it.
import type { SimMs } from '../../../shared/ids'

/** A scheduled call: keep it to cancel it. */
export interface Timer {
  readonly dueAt: SimMs
}

export interface Clock {
  /**
   * Simulated time. It never goes back and never passes a timer that has not fired: while a timer
   * fires it is exactly that timer's due time, however late the event loop is.
   */
  now(): SimMs
  /**
   * Calls `fire` once `delayMs` of simulated time have passed, never synchronously. Timers fire in
   * order of due time, equal ones in the order of scheduling. Throws RangeError unless `delayMs` is
   * finite and at least 0.
   */
  schedule(delayMs: number, fire: () => void): Timer
  /** Does nothing when the timer has fired or was cancelled. */
  cancel(timer: Timer): void
  readonly paused: boolean
  /** Simulated milliseconds per real one. */
  readonly speed: number
  /** Until `resume`, time stands still and nothing scheduled fires. */
  pause(): void
  resume(): void
  /** Throws RangeError outside MIN_SPEED..MAX_SPEED. */
  setSpeed(speed: number): void
  /** Timers scheduled and neither fired nor cancelled. */
  readonly pending: number
}

/** A clock that can also be taken forward by hand. */
export interface SteppableClock extends Clock {
  /** When the next timer is due; undefined without one. */
  nextDueAt(): SimMs | undefined
  /** While paused: moves time to the next timer and fires that one. False: running, or nothing to fire. */
  step(): boolean
  /** Drops all timers; from then on time stands still and what is scheduled never fires. */
  dispose(): void
}
