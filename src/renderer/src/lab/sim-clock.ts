// The simulated time between frames, extrapolated from the last frame, the speed, and whether time is paused.
import type { SimMs } from '../../../shared/ids'

/**
 * Frames are delayed at random. A frame that is later than the earliest one by less than this does not turn time back.
 */
const JITTER_MS = 100

export class SimClock {
  /** Simulated and real time at the anchor. */
  private simMs: SimMs = 0
  private realMs = 0
  private speed = 1
  private paused = true

  /** Takes the time of a frame, sent at `simMs` and received at `realMs`, with the clock's setting in it. */
  anchor(simMs: SimMs, realMs: number, clock: { paused: boolean; speed: number }): void {
    const same = clock.speed === this.speed && clock.paused === this.paused
    const lateMs = this.at(realMs) - simMs
    if (same && !clock.paused && lateMs >= 0 && lateMs < JITTER_MS * clock.speed) return
    this.simMs = simMs
    this.realMs = realMs
    this.speed = clock.speed
    this.paused = clock.paused
  }

  at(realMs: number): SimMs {
    return this.paused ? this.simMs : this.simMs + (realMs - this.realMs) * this.speed
  }
}
