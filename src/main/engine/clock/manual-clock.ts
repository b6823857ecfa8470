// A clock for tests: time passes only when the test says so, and everything happens before the call returns.
import type { SimMs } from '../../../shared/ids'
import type { SteppableClock } from './clock'
import { QueuedClock } from './queued-clock'

export interface ManualClock extends SteppableClock {
  /** Lets `realMs` pass, at the present speed, and fires what falls due. While paused, nothing happens. */
  advance(realMs: number): void
  /**
   * Goes from timer to timer until none is left or the clock is paused.
   * Throws Error when `limit` timers have fired and there are still more.
   */
  runUntilIdle(limit?: number): void
}

const DEFAULT_LIMIT = 100_000

/** `onError` takes what a timer's callback throws. Default: `advance`, `step` or `runUntilIdle` throws it. */
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

  /** Nothing to arm: `advance` looks at the queue itself. */
  protected rearm(): void {}
}

function throwNow(error: unknown): never {
  throw error
}
