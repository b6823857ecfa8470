// The speed that the lab reaches, if it is less than the one that was asked for: the machine cannot keep up. Each frame tells
// the simulated time at which it was sent.
import type { SimMs } from '../../../shared/ids'

/** Real time over which the speed is measured: frames are delayed at random. */
export const MEASURED_MS = 2_000
/** The lab falls short below this part of the speed asked for, and no longer from the other part on. */
const SHORT = 0.9
const ENOUGH = 0.95

export class ReachedSpeed {
  private simMs: SimMs = 0
  private realMs = 0
  /** 0: time is paused. */
  private asked = 0
  private reached: number | undefined

  /**
   * Takes the time of a frame, sent at `simMs` and received at `realMs`, with the clock's setting in it. Returns the reached
   * speed if the lab falls short.
   */
  note(simMs: SimMs, realMs: number, { paused, speed }: { paused: boolean; speed: number }) {
    const asked = paused ? 0 : speed
    const realSpan = realMs - this.realMs
    if (asked !== this.asked || simMs < this.simMs) this.reached = undefined
    else if (asked === 0 || realSpan < MEASURED_MS) return this.reached
    else {
      const speed = (simMs - this.simMs) / realSpan
      const least = asked * (this.reached === undefined ? SHORT : ENOUGH)
      this.reached = speed < least ? speed : undefined
    }
    this.asked = asked
    this.simMs = simMs
    this.realMs = realMs
    return this.reached
  }
}
