// The common part of all clocks: the timers, the current time, pause and speed. Subclasses define
// how time passes.
import type { SimMs } from '../../../shared/ids'
import { MAX_SPEED, MIN_SPEED } from '../../../shared/limits'
import type { SteppableClock, Timer } from './clock'
import { QueuedTimer, TimerQueue } from './timer-queue'

export abstract class QueuedClock implements SteppableClock {
  private readonly queue = new TimerQueue()
  /** The last result of `now`, or the due time of the timer that fired last. */
  private reachedAt: SimMs = 0
  private firing = false
  private isPaused = false
  private isDisposed = false
  private currentSpeed = 1
  /** Until the last change of speed: `ranForMs`, and the time. */
  private ranBeforeMs = 0
  private atSpeedSince: SimMs = 0

  /** `onError` gets the errors of timer callbacks; later timers fire nevertheless. */
  constructor(private readonly onError: (error: unknown) => void) {}

  /** Returns the time that has been reached since `restart`; called only while running. */
  protected abstract elapsed(): SimMs
  /** Makes time count from `at`, at the current speed. */
  protected abstract restart(at: SimMs): void
  /** Called when the next due time, or the delay until then, may have changed. */
  protected abstract rearm(): void

  now(): SimMs {
    if (this.running && !this.firing) {
      const elapsed = this.elapsed()
      const first = this.queue.first()
      const allowed = first === undefined ? elapsed : Math.min(elapsed, first.dueAt)
      if (allowed > this.reachedAt) this.reachedAt = allowed
    }
    return this.reachedAt
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

  ranForMs(): number {
    return this.ranBeforeMs + (this.now() - this.atSpeedSince) / this.currentSpeed
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
    this.restart(this.reachedAt)
    this.rearm()
  }

  setSpeed(speed: number): void {
    if (!(speed >= MIN_SPEED && speed <= MAX_SPEED)) {
      throw new RangeError(`The speed is from ${MIN_SPEED} to ${MAX_SPEED}, not ${speed}.`)
    }
    const now = this.now()
    this.ranBeforeMs = this.ranForMs()
    this.atSpeedSince = now
    this.currentSpeed = speed
    this.restart(now)
    this.rearm()
  }

  nextDueAt(): SimMs | undefined {
    return this.queue.first()?.dueAt
  }

  step(isToo: (dueAt: SimMs) => boolean = () => false): boolean {
    const { nextSequence } = this.queue
    if (!this.isPaused || !this.fireFirst()) return false
    for (let next = this.queue.first(); next !== undefined; next = this.queue.first()) {
      if (!this.isPaused || next.sequence >= nextSequence || !isToo(next.dueAt)) break
      this.fireFirst()
    }
    return true
  }

  dispose(): void {
    this.now()
    this.isDisposed = true
    this.queue.clear()
    this.rearm()
  }

  /** Whether time passes: neither paused nor disposed. */
  protected get running(): boolean {
    return !this.isPaused && !this.isDisposed
  }

  /** Fires the first timer at its due time. Returns false without a timer. */
  protected fireFirst(): boolean {
    const timer = this.queue.takeFirst()
    if (timer === undefined) return false
    this.reachedAt = timer.dueAt
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
