// The lab's time on a viewer's page: pictures come a few times a second, and it runs on between them.
import type { LabMoment } from '../../../shared/room/class-picture'

/** So far the page's time may run ahead of the pictures', which come late by turns. */
const MAX_AHEAD_MS = 2_000

export class SimTime {
  private last: LabMoment | undefined
  private base = { at: 0, nowMs: 0 }

  /** The lab's time at `nowMs` of the page's clock, in simulated milliseconds; it never goes back while time runs. */
  at(moment: LabMoment, nowMs: number): number {
    if (moment !== this.last) {
      const running = this.last === undefined ? moment.at : this.timeAt(this.last.speed, nowMs)
      const isNear = running - moment.at < MAX_AHEAD_MS * Math.max(1, moment.speed)
      const at = moment.speed > 0 && isNear ? Math.max(running, moment.at) : moment.at
      this.base = { at, nowMs }
      this.last = moment
    }
    return this.timeAt(moment.speed, nowMs)
  }

  private timeAt(speed: number, nowMs: number): number {
    return this.base.at + (nowMs - this.base.nowMs) * speed
  }
}
