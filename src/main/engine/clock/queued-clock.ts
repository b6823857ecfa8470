// What every clock has in common: the timers, the time that was reached, pause and speed. How time
// comes to pass is left to the clocks that extend it.
import type { SimMs } from '../../../shared/ids'
import { MAX_SPEED, MIN_SPEED } from '../../../shared/limits'
import type { SteppableClock, Timer } from './clock'
import { QueuedTimer, TimerQueue } from './timer-queue'

export abstract class QueuedClock implements SteppableClock {
  private readonly queue = new TimerQueue()
  /** The time reached: what `now` gave last, or the due time of the timer that fired last. */
  private reached: SimMs = 0
  private firing = false
  private isPaused = false
  private isDisposed = false
  private currentSpeed = 1

  /** `onError` takes what a timer's callback throws; the timers after it fire all the same. */
  constructor(private readonly onError: (error: unknown) => void) {}

  /** Where time has got to by itself since `restart`; asked only while it runs. */
  protected abstract elapsed(): SimMs
  /** From this moment on, time counts from `at`, at the present speed. */
  protected abstract restart(at: SimMs): void
  /** What is due next, or how soon, may have changed. */
  protected abstract rearm(): void

  now(): SimMs {
    if (this.running && !this.firing) {
      const elapsed = this.elapsed()
      const first = this.queue.first()
      const allowed = first === undefined ? elapsed : Math.min(elapsed, first.dueAt)
      if (allowed > this.reached) this.reached = allowed
    }
    return this.reached
  }

  schedule(delayMs: number, fire: () => void): Timer {
    if (!(delayMs >= 0 && delayMs < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`A timer's delay is finite and at least 0 ms, not ${delayMs}.`)
    }
    const dueAt = this.now() + delayMs
    if (this.isDisposed) return { dueAt }
    const timer = this.queue.add(dueAt, fire)
    this.rearm()
    return timer
  }

  cancel(timer: Timer): void {
    if (timer instanceof QueuedTimer) this.queue.remove(timer)
  }

  get pending(): number {
    return this.queue.size
  }

  get paused(): boolean {
    return this.isPaused
  }

  get speed(): number {
    return this.currentSpeed
  }

  pause(): void {
    if (this.isPaused) return
    this.now()
    this.isPaused = true
    this.rearm()
  }

  resume(): void {
    if (!this.isPaused) return
    this.isPaused = false
    this.restart(this.reached)
    this.rearm()
  }

  setSpeed(speed: number): void {
    if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) {
      throw new RangeError(`The speed is from ${MIN_SPEED} to ${MAX_SPEED}, not ${speed}.`)
    }
    const now = this.now()
    this.currentSpeed = speed
    this.restart(now)
    this.rearm()
  }

  nextDueAt(): SimMs | undefined {
    return this.queue.first()?.dueAt
  }

  step(): boolean {
    return this.isPaused && this.fireFirst()
  }

  dispose(): void {
    this.now()
    this.isDisposed = true
    this.queue.clear()
    this.rearm()
  }

  /** Time passes: neither paused nor disposed. */
  protected get running(): boolean {
    return !this.isPaused && !this.isDisposed
  }

  /** Fires the first timer at its due time. False: there is none. */
  protected fireFirst(): boolean {
    const timer = this.queue.takeFirst()
    if (timer === undefined) return false
    this.reached = timer.dueAt
    // A callback may itself step the clock.
    const outer = this.firing
    this.firing = true
    try {
      timer.fire()
    } catch (error) {
      this.onError(error)
    } finally {
      this.firing = outer
    }
    return true
  }
}
