// Estimates the real time of something known in simulated time only, from the event that reports
// it.
import type { LabEvent } from '../events'
import type { SimMs } from '../ids'

export class RealTimes {
  private speed = 1
  private paused = false
  /** Real time since which the clock has had its present speed. */
  private since: number | undefined

  constructor(clock?: { paused: boolean; speed: number }) {
    if (clock) ({ paused: this.paused, speed: this.speed } = clock)
  }

  add(event: LabEvent, wall: number): void {
    this.since ??= wall
    if (event.type !== 'clock.changed') return
    this.since = wall
    this.paused = event.paused
    this.speed = event.speed
  }

  /**
   * Returns the real time of the simulated `time`, shortly before `at`, which was at `wall`. Never
   * earlier than the last change of speed.
   */
  before(time: SimMs, at: SimMs, wall: number): number {
    if (this.paused || this.speed <= 0) return wall
    const reckoned = wall - Math.max(0, at - time) / this.speed
    return Math.min(wall, Math.max(this.since ?? wall, reckoned))
  }
}
