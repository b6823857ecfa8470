// A step on the screen: while time is paused and a step advances it at once, the screen glides to the new moment
// instead, so that the eye can follow the packets.
import type { LabEvent } from '../../../shared/events'
import type { SimMs } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { everyFrame } from './animation-frames'
import { Playback } from './playback'

/** The real time of a glide, what each further moment with events adds, and the most in all. */
const GLIDE_MS = 300
const FURTHER_MS = 120
const LONGEST_MS = 900

type Show = (state: State, events: readonly LabEvent[]) => void

export class Glide {
  private readonly playback: Playback
  private from: SimMs
  private to: SimMs
  private startedMs = 0
  private lengthMs = 0
  private stopFrames = () => {}

  /** `show` is called with the events just applied; with none when time begins to pass. */
  constructor(
    shown: State,
    at: SimMs,
    private readonly show: Show,
    private readonly onEnd: () => void,
  ) {
    this.playback = new Playback(shown)
    this.from = at
    this.to = at
  }

  /** The simulated time on the screen. */
  get now(): SimMs {
    return this.at(performance.now())
  }

  /** Simulated ms per real ms. */
  get speed(): number {
    return this.lengthMs === 0 ? 0 : (this.to - this.from) / this.lengthMs
  }

  /** Continues through the remaining events and these ones to `to`, at least at the lab's own speed. */
  goOn(events: readonly LabEvent[], to: SimMs, labSpeed: number): void {
    const realMs = performance.now()
    this.from = this.at(realMs)
    this.playback.add(events)
    // More events at the same moment do not change the glide's speed.
    if (to > this.to) {
      const mostMs = Math.min(LONGEST_MS, GLIDE_MS + FURTHER_MS * (this.playback.moments - 1))
      this.lengthMs = Math.max(1, Math.min(mostMs, (to - this.from) / labSpeed))
    } else {
      this.lengthMs = Math.max(1, this.startedMs + this.lengthMs - realMs)
    }
    this.startedMs = realMs
    this.to = Math.max(this.to, to)
    this.stopFrames()
    this.stopFrames = everyFrame((frameMs) => this.frame(frameMs))
    this.show(this.playback.state, [])
  }

  /** Ends it at once. Returns the events that it had not applied yet. */
  cut(): readonly LabEvent[] {
    this.stopFrames()
    return this.playback.advance(Number.POSITIVE_INFINITY)
  }

  private at(realMs: number): SimMs {
    if (realMs >= this.startedMs + this.lengthMs) return this.to
    return this.from + (realMs - this.startedMs) * this.speed
  }

  private frame(realMs: number): boolean {
    if (realMs >= this.startedMs + this.lengthMs) {
      this.onEnd()
      return false
    }
    const due = this.playback.advance(this.at(realMs))
    if (due.length > 0) this.show(this.playback.state, due)
    return true
  }
}

/** Whether animation is allowed and would be visible. */
export function mayGlide(): boolean {
  return !document.hidden && !window.matchMedia('(prefers-reduced-motion: reduce)').matches
}
