// The receipt of the decision that was made last, for a moment beside the roundabout: whose turn it was, who was passed
// over, who was picked and who is next. Only the latest is shown, and none waits for another.
import { useSyncExternalStore } from 'react'
import type { Decision, State } from '../../../shared/state/state'
import { onFrame, simNow, simSpeed, useLab } from '../lab/lab'

/** Real time for which a receipt is shown while time goes on; while it stands, the latest stays. */
const SHOWN_MS = 1_200
/** Simulated ms after which a decision is no news any more, also while time stands. */
const NEWS_MS = 2_000
/** A receipt is not replaced before this: more than a few a second would be a flicker. */
const LEAST_MS = 300

/** The decision that was made last; undefined where there was none. */
export function latestDecision(decisions: State['decisions']): Decision | undefined {
  let latest: Decision | undefined
  for (const one of decisions.values()) {
    const isLater =
      latest === undefined ||
      one.at > latest.at ||
      (one.at === latest.at && one.exchange > latest.exchange)
    if (isLater) latest = one
  }
  return latest
}

interface Timing {
  /** Real time in ms, and a call after so many ms of it; returns the way to call it off. */
  now(): number
  after(ms: number, task: () => void): () => void
}

/** Which receipt is shown, told what happens. */
export class ReceiptShow {
  private latest: Decision | undefined
  /** What was shown last, or passed by. */
  private last: Decision | undefined
  private visible = false
  private since = Number.NEGATIVE_INFINITY
  private stands = false
  private callOff: (() => void) | undefined

  constructor(
    private readonly timing: Timing,
    private readonly onChange: () => void,
  ) {}

  get shown(): Decision | undefined {
    return this.visible ? this.last : undefined
  }

  /** `stands`: time on the screen does not go on. */
  tell(latest: Decision | undefined, stands: boolean): void {
    if (latest === this.latest && stands === this.stands) return
    this.latest = latest
    this.stands = stands
    this.look()
  }

  /** Begins here, without showing what was decided before anybody looked; where time stands, it is shown. */
  begin(latest: Decision | undefined, stands: boolean): void {
    this.latest = latest
    this.stands = stands
    this.put(latest, stands)
    this.look()
  }

  end(): void {
    this.callOff?.()
    this.callOff = undefined
  }

  private look(): void {
    this.end()
    const { latest, last, visible } = this
    const age = this.timing.now() - this.since
    // While time stands it changes by steps and by seeking, which the person does.
    if (this.stands) {
      this.put(latest, true)
    } else if (latest !== last && age < LEAST_MS) {
      this.lookAfter(LEAST_MS - age)
    } else if (latest !== last) {
      this.put(latest, true)
      this.lookAfter(SHOWN_MS)
    } else if (visible && age < SHOWN_MS) {
      this.lookAfter(SHOWN_MS - age)
    } else {
      this.put(latest, false)
    }
  }

  private lookAfter(ms: number): void {
    this.callOff = this.timing.after(ms, () => this.look())
  }

  private put(decision: Decision | undefined, visible: boolean): void {
    const before = this.shown
    if (visible && decision !== before) this.since = this.timing.now()
    this.last = decision
    this.visible = visible
    if (this.shown !== before) this.onChange()
  }
}

const listeners = new Set<() => void>()
let show: ReceiptShow | undefined
let stop: (() => void) | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  stop ??= followLab()
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stop?.()
    stop = undefined
  }
}

function followLab(): () => void {
  const started = new ReceiptShow(
    {
      now: () => performance.now(),
      after: (ms, task) => {
        const timer = setTimeout(task, ms)
        return () => clearTimeout(timer)
      },
    },
    () => {
      for (const listener of listeners) listener()
    },
  )
  show = started
  started.begin(newsIn(useLab.getState().state.decisions), simSpeed() === 0)
  const stopFrames = onFrame((change, { decisions }) => {
    const latest = newsIn(decisions)
    const stands = simSpeed() === 0
    // Another moment altogether: what was decided before it is not news.
    if (change.kind === 'snapshot' && !stands) started.begin(latest, stands)
    else started.tell(latest, stands)
  })
  return () => {
    stopFrames()
    started.end()
    show = undefined
  }
}

/** The latest decision, unless it is so long ago that nobody would ask about it. */
function newsIn(decisions: State['decisions']): Decision | undefined {
  const latest = latestDecision(decisions)
  return latest && simNow() - latest.at <= NEWS_MS ? latest : undefined
}

/** The receipt that is shown now. */
export function useReceipt(): Decision | undefined {
  return useSyncExternalStore(subscribe, () => show?.shown)
}
