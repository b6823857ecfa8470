// Which time limits run, and what is each of them for?

import { ChurningMap } from '../../../shared/churning-map'
import type { ExchangeId, SimMs } from '../../../shared/ids'
import type { Effects } from './effects'
import type { TimerId, TimerPurpose } from './protocol'

export class TimeLimits<L extends { readonly purpose: TimerPurpose }> {
  private readonly running = new ChurningMap<TimerId, L>()
  private lastId: TimerId = 0

  constructor(private readonly effects: Effects) {}

  /**
   * `exchange`: whose answer is waited for; 0 where the limit is for something else. `delayMs`: by default that of the
   * limit's purpose. `isOutside`: it is a limit on a program outside.
   */
  start(limit: L, exchange: ExchangeId = 0, delayMs?: SimMs, isOutside = false): TimerId {
    const timer = ++this.lastId
    this.running.set(timer, limit)
    const { purpose } = limit
    this.effects.add({ type: 'startTimer', timer, purpose, exchange, delayMs, isOutside })
    return timer
  }

  /** Does nothing where the limit is over or stopped already. */
  stop(timer: TimerId | undefined): void {
    if (timer === undefined || !this.running.delete(timer)) return
    this.effects.add({ type: 'stopTimer', timer })
  }

  /** What the limit that is up was for; undefined where it comes late: it has been stopped meanwhile. */
  up(timer: TimerId): L | undefined {
    if (timer > this.lastId) throw new Error(`No time limit ${timer} was ever started.`)
    const limit = this.running.get(timer)
    this.running.delete(timer)
    return limit
  }
}
