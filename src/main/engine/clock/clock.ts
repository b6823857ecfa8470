// Simulated time. Every delay that the engine adds uses a clock, so that a person can pause it,
// slow it down and step through it.
import type { SimMs } from '../../../shared/ids'

/** A scheduled call; pass it to `cancel`. */
export interface Timer {
  readonly dueAt: SimMs
}

export interface Clock {
  /**
   * The simulated time. It never goes back and never passes a timer that has not fired: while a
   * timer fires, it is exactly that timer's due time, however late the event loop is.
   */
  now(): SimMs
  /**
   * Calls `fire` once `delayMs` of simulated time have passed, never synchronously. Timers fire in
   * order of due time, equal ones in the order of scheduling. Throws RangeError unless `delayMs` is
   * finite and at least 0.
   */
  schedule(delayMs: number, fire: () => void): Timer
  /** Does nothing if the timer has fired or was cancelled. */
  cancel(timer: Timer): void
  readonly paused: boolean
  /** Simulated milliseconds per real millisecond. */
  readonly speed: number
  /** The real milliseconds in which its time has passed: those of pauses do not count. */
  ranForMs(): number
  /** Stops time until `resume`; no timer fires meanwhile. */
  pause(): void
  resume(): void
  /** Throws RangeError outside MIN_SPEED..MAX_SPEED. */
  setSpeed(speed: number): void
  /** Number of scheduled timers that have neither fired nor been cancelled. */
  readonly pending: number
}

/** A clock that can be stepped. */
export interface SteppableClock extends Clock {
  /** The due time of the next timer; undefined without one. */
  nextDueAt(): SimMs | undefined
  /**
   * While paused: moves time to the next timer and fires it, and then those after it whose due time `isToo` accepts, without
   * timers that are scheduled meanwhile. Returns false if running, or if there is no timer.
   */
  step(isToo?: (dueAt: SimMs) => boolean): boolean
  /** Drops all timers and stops time for good; timers scheduled later never fire. */
  dispose(): void
}
