// The receipt of the latest decision, shown briefly beside the roundabout: whose turn it was, which servers were
// skipped, which was chosen, and whose turn is next. Receipts do not queue: only the latest is shown.
import { useSyncExternalStore } from 'react'
import type { Decision, State } from '../../../shared/state/state'
import { onFrame, simNow, simSpeed, useLab } from '../lab/lab'

/** Real time for which a receipt is shown while time runs; while it is paused, the latest receipt stays. */
const SHOWN_MS = 1_200
/** Simulated ms after which a decision is too old for a receipt, also while time is paused. */
const NEWS_MS = 2_000
/** The least time for which a receipt is shown, since more than a few a second would flicker. */
const LEAST_MS = 300

/** The latest decision; undefined if there was none. */
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
  /** `now`: real time in ms. `after`: a timer in real ms, which returns how to cancel it. */
  now(): number
  after(ms: number, task: () => void): () => void
}

/** Chooses the receipt to show from the decisions that it is given. */
export class ReceiptShow {
  private latest: Decision | undefined
  /** The decision shown last, or skipped without being shown. */
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

  /** `stands`: time on the screen is paused. */
  tell(latest: Decision | undefined, stands: boolean): void {
    if (latest === this.latest && stands === this.stands) return
    this.latest = latest
    this.stands = stands
    this.look()
  }

  /** Starts over. An earlier decision is shown only if time is paused. */
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
    // While time is paused, only a person's steps and seeks change the decision, and each is shown at once.
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
    // A snapshot is another moment: decisions before it are not news.
    if (change.kind === 'snapshot' && !stands) started.begin(latest, stands)
    else started.tell(latest, stands)
  })
  return () => {
    stopFrames()
    started.end()
    show = undefined
  }
}

/** The latest decision, unless it is older than NEWS_MS. */
function newsIn(decisions: State['decisions']): Decision | undefined {
  const latest = latestDecision(decisions)
  return latest && simNow() - latest.at <= NEWS_MS ? latest : undefined
}

/** The receipt to show now. */
export function useReceipt(): Decision | undefined {
  return useSyncExternalStore(subscribe, () => show?.shown)
}
