// When something really happened that is known in simulated time only: reckoned back from the event that tells of it.
import type { LabEvent } from '../events'
import type { SimMs } from '../ids'

export class WallTimes {
  private speed = 1
  private paused = false
  /** Since when the clock has gone as it goes now. */
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

  /** The real time of the simulated `time`, a little before `at`, which was at `wall`; no earlier than is known. */
  before(time: SimMs, at: SimMs, wall: number): number {
    if (this.paused || this.speed <= 0) return wall
    const reckoned = wall - Math.max(0, at - time) / this.speed
    return Math.min(wall, Math.max(this.since ?? wall, reckoned))
  }
}
