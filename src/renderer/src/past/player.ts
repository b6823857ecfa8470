// Plays the past from a moment: fetches blocks of events ahead of time, and applies those that are due at each frame.
import type { LabEvent } from '../../../shared/events'
import type { SimMs } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { everyFrame } from '../lab/animation-frames'
import { Playback } from '../lab/playback'
import type { History } from './history/history'

/** Events fetched at a time; the next block is requested when fewer than half of them are left. */
const AHEAD = 4_000
/** After a gap without frames (a hidden tab) time continues from where it was. */
const LONGEST_FRAME_MS = 250

interface PlayerListener {
  /** Called each frame with the moment, and the events since the last one. */
  moment(state: State, events: readonly LabEvent[], at: SimMs): void
  ended(): void
  failed(error: unknown): void
}

export class Player {
  private readonly playback: Playback
  private lastMs = performance.now()
  private fetching = false
  /** Whether the queue extends to the end of the history. */
  private complete = false
  private stopped = false
  private readonly stopFrames: () => void

  /** Starts at once. */
  constructor(
    private readonly history: Pick<History, 'events' | 'extent'>,
    state: State,
    private at: SimMs,
    private rate: number,
    private readonly listener: PlayerListener,
  ) {
    this.playback = new Playback(state)
    void this.fetch()
    this.stopFrames = everyFrame((realMs) => this.frame(realMs))
  }

  /** The simulated time now. */
  get now(): SimMs {
    const passedMs = Math.min(LONGEST_FRAME_MS, performance.now() - this.lastMs)
    return Math.max(this.at, Math.min(this.at + passedMs * this.rate, this.limit))
  }

  get speed(): number {
    return this.rate
  }

  setSpeed(speed: number): void {
    this.at = this.now
    this.lastMs = performance.now()
    this.rate = speed
  }

  stop(): void {
    this.stopped = true
    this.stopFrames()
  }

  /** Limits the time to what has been fetched. */
  private get limit(): SimMs {
    return this.complete ? this.history.extent.to : this.playback.known.at
  }

  private frame(realMs: number): boolean {
    this.at = this.now
    this.lastMs = realMs
    // Events at the last known moment may still be missing: they are applied a frame later.
    const due = this.playback.advance(this.at)
    this.listener.moment(this.playback.state, due, this.at)
    if (this.stopped) return false
    if (!this.complete && this.playback.waiting < AHEAD / 2) void this.fetch()
    if (!this.complete || this.playback.waiting > 0 || this.at < this.limit) return true
    this.stop()
    this.listener.ended()
    return false
  }

  private async fetch(): Promise<void> {
    if (this.fetching) return
    this.fetching = true
    try {
      const events = await this.history.events(this.playback.known.seq, AHEAD)
      if (events.length === 0) this.complete = true
      else this.playback.add(events)
    } catch (error) {
      if (this.stopped) return
      this.stop()
      this.listener.failed(error)
    } finally {
      this.fetching = false
    }
  }
}
