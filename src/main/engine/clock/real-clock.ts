// The clock of the running app: simulated time follows real time at the chosen speed. It sets one
// host timer at a time, for the next due time.
import type { SimMs } from '../../../shared/ids'
import type { SteppableClock } from './clock'
import { QueuedClock } from './queued-clock'
import { turnTime } from './turn-time'

/** The source of real time. */
export interface ClockHost {
  /** Monotonic real milliseconds from an arbitrary origin. */
  now(): number
  /** The same, read once in each turn of the event loop. Default: `now`. */
  turnTime?(): number
  /**
   * Calls `fire` once after about `delayMs` (0: in the next turn of the event loop). Returns a
   * function that cancels it.
   */
  setTimer(delayMs: number, fire: () => void): () => void
}

interface RealClockOptions {
  host?: ClockHost
  /**
   * Gets the errors of timer callbacks. Default: an uncaught exception, after which the other
   * timers still fire.
   */
  onError?: (error: unknown) => void
}

/** The longest delay that `setTimeout` supports; longer waits are split. */
const MAX_HOST_DELAY_MS = 2 ** 31 - 1
/** Timers fired before sockets get a turn: a chain of 0 ms timers must not starve them. */
const MAX_FIRED_PER_TURN = 1_000
const MAX_FIRING_MS_PER_TURN = 8

export function createRealClock(options: RealClockOptions = {}): SteppableClock {
  return new RealClock(options.host ?? NODE_HOST, options.onError ?? throwLater)
}

class RealClock extends QueuedClock {
  private anchorRealMs: number
  private anchorSimMs: SimMs = 0
  private cancelHostTimer: (() => void) | undefined
  /**
   * The due time of the host timer. It may be earlier than the first timer's: an idle wake-up is
   * harmless.
   */
  private armedFor: SimMs = Number.POSITIVE_INFINITY

  constructor(
    private readonly host: ClockHost,
    onError: (error: unknown) => void,
  ) {
    super(onError)
    this.anchorRealMs = this.realTime()
  }

  protected elapsed(): SimMs {
    return this.anchorSimMs + (this.realTime() - this.anchorRealMs) * this.speed
  }

  protected restart(at: SimMs): void {
    this.anchorRealMs = this.realTime()
    this.anchorSimMs = at
    this.disarm()
  }

  private realTime(): number {
    return this.host.turnTime?.() ?? this.host.now()
  }

  protected rearm(): void {
    const due = this.nextDueAt()
    if (!this.running || due === undefined) this.disarm()
    else if (due < this.armedFor) this.arm(due)
  }

  private arm(due: SimMs): void {
    this.disarm()
    this.armedFor = due
    const delayMs = Math.ceil((due - this.elapsed()) / this.speed)
    this.cancelHostTimer = this.host.setTimer(
      Math.min(Math.max(delayMs, 0), MAX_HOST_DELAY_MS),
      this.takeTurn,
    )
  }

  private disarm(): void {
    this.cancelHostTimer?.()
    this.cancelHostTimer = undefined
    this.armedFor = Number.POSITIVE_INFINITY
  }

  /** Fires the due timers, and arms the host timer for the remaining ones. */
  private readonly takeTurn = (): void => {
    this.cancelHostTimer = undefined
    this.armedFor = Number.POSITIVE_INFINITY
    const endRealMs = this.host.now() + MAX_FIRING_MS_PER_TURN
    try {
      for (let fired = 0; fired < MAX_FIRED_PER_TURN && this.hasDue(); fired++) {
        this.fireFirst()
        if (this.host.now() >= endRealMs) break
      }
    } finally {
      this.rearm()
    }
  }

  private hasDue(): boolean {
    const due = this.nextDueAt()
    return this.running && due !== undefined && due <= this.elapsed()
  }
}

const NODE_HOST: ClockHost = {
  now: () => performance.now(),
  turnTime,
  setTimer(delayMs, fire) {
    if (delayMs === 0) {
      const immediate = setImmediate(fire)
      return () => clearImmediate(immediate)
    }
    const timeout = setTimeout(fire, delayMs)
    return () => clearTimeout(timeout)
  },
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
