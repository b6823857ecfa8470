// A clock for tests: time passes only by its methods, which return after everything has happened.
import type { SimMs } from '../../../shared/ids'
import type { SteppableClock } from './clock'
import { QueuedClock } from './queued-clock'

export interface ManualClock extends SteppableClock {
  /**
   * Lets `realMs` pass at the current speed and fires the due timers. Does nothing while paused.
   */
  advance(realMs: number): void
  /**
   * Fires timer after timer until none is left or the clock is paused. Throws an Error if more than
   * `limit` timers fire.
   */
  runUntilIdle(limit?: number): void
}

const DEFAULT_LIMIT = 100_000

/**
 * `onError` gets the errors of timer callbacks. Default: `advance`, `step` or `runUntilIdle` throws
 * them.
 */
export function createManualClock(
  options: { onError?: (error: unknown) => void } = {},
): ManualClock {
  return new TestClock(options.onError ?? throwNow)
}

class TestClock extends QueuedClock implements ManualClock {
  private time: SimMs = 0

  advance(realMs: number): void {
    let speed = this.speed
    let until = this.now() + realMs * speed
    while (this.running) {
      const due = this.nextDueAt()
      if (due === undefined || due > until) {
        this.time = until
        return
      }
      this.time = due
      this.fireFirst()
      if (this.speed !== speed) {
        until = due + ((until - due) / speed) * this.speed
        speed = this.speed
      }
    }
  }

  runUntilIdle(limit = DEFAULT_LIMIT): void {
    for (let fired = 0; this.running; fired++) {
      const due = this.nextDueAt()
      if (due === undefined) return
      if (fired === limit) throw new Error(`Still not idle after ${limit} timers.`)
      this.time = due
      this.fireFirst()
    }
  }

  protected elapsed(): SimMs {
    return this.time
  }

  protected restart(at: SimMs): void {
    this.time = at
  }

  /** Nothing to arm: `advance` checks the queue itself. */
  protected rearm(): void {}
}

function throwNow(error: unknown): never {
  throw error
}
