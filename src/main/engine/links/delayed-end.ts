// The end of one direction of a connection. A fault of the link may delay it (a slow close), or turn it into a reset.
import type { SimMs } from '../../../shared/ids'
import type { Clock, Timer } from '../clock/clock'
import type { EndFate } from './faults/fault'

/** What to do when it comes. */
interface Acts {
  end(): void
  reset(): void
}

export class DelayedEnd {
  private timer: Timer | undefined
  private delayed: Acts | undefined

  constructor(private readonly clock: Clock) {}

  get isPending(): boolean {
    return this.timer !== undefined
  }

  /** By a slow close. A reset comes in any case. */
  get isDelayed(): boolean {
    return this.delayed !== undefined
  }

  /** Replaces an end that is pending. */
  come({ laterMs, byReset }: EndFate, acts: Acts): void {
    this.stop()
    const act = () => (byReset ? acts.reset() : acts.end())
    if (laterMs === 0) {
      act()
      return
    }
    if (!byReset) this.delayed = acts
    this.timer = this.clock.schedule(laterMs, act)
  }

  /** Faults have changed: the delayed end gets this fate. */
  again(fate: EndFate): void {
    if (this.delayed) this.come(fate, this.delayed)
  }

  /** Unless an end is pending, acts after this time: so closes a connection that is broken off and that the peer keeps open. */
  within(limitMs: SimMs, act: () => void): void {
    this.timer ??= this.clock.schedule(limitMs, act)
  }

  stop(): void {
    if (this.timer) this.clock.cancel(this.timer)
    this.timer = undefined
    this.delayed = undefined
  }
}
