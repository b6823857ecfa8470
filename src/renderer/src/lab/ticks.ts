// When the screen must read the time again without a frame: while time runs and something depends on it. Otherwise no
// timer runs, so that an idle lab costs nothing.
import type { SimMs } from '../../../shared/ids'
import { REPLY_LIMIT_MS } from '../../../shared/limits'
import type { State } from '../../../shared/state/state'
import { everyFrame } from './animation-frames'
import { onFrame, simNow, simSpeed, useLab } from './lab'
import { onPaced, paceMs } from './paced'

/** The time is read again after this many times the pace without a change. Where changes come all the time, the next one is earlier. */
const UNCHANGED = 1.5
/** Packets that are overdue by more than this are no longer waited for. */
const GIVEN_UP_MS = REPLY_LIMIT_MS + 1_000
/**
 * The lab rests this much real time after its last event. It is longer than a second, so that a program that sends a message a
 * second is not called idle between its messages.
 */
export const LATELY_MS = 1_500

/** The latest moment at which a server may get messages again, by table. */
const ends = new WeakMap<State['rows'], SimMs>()

function lastEnd(rows: State['rows']): SimMs {
  let last = ends.get(rows)
  if (last === undefined) {
    last = Number.NEGATIVE_INFINITY
    for (const { until } of rows.values()) if (until !== undefined && until > last) last = until
    ends.set(rows, last)
  }
  return last
}

/**
 * Whether a packet or a health check is in flight at `now`, a client waits for an answer, or a server for the time at which it may get
 * messages again. Held packets do not count, since time does not move them.
 */
export function isUnderWay({ at, inFlight, totals, rows, checks }: State, now: SimMs): boolean {
  if (now < lastEnd(rows)) return true
  for (const { dueAt } of checks.values()) if (now < dueAt) return true
  const waitedFor = new Set<number>()
  for (const { exchange, held, dueAt } of inFlight.values()) {
    if (held) waitedFor.add(exchange)
    else if (now < dueAt + GIVEN_UP_MS) return true
  }
  const { begun, answered, refused, lost } = totals.exchanges
  return begun - answered - refused - lost > waitedFor.size && now < at + GIVEN_UP_MS
}

/**
 * Whether time runs at `speed` (simulated ms per real ms; 0: paused), and nothing moves at `now` nor has happened lately.
 * Fast messages may be in flight at no moment at which the screen looks, although thousands of them pass in a second.
 */
export function isAtRest(state: State, now: SimMs, speed: number): boolean {
  return speed > 0 && now >= state.at + LATELY_MS * speed && !isUnderWay(state, now)
}

/**
 * Calls `tick` after changes, at the pace for reading, and at the same pace without a change while time runs and the lab is not
 * at rest, and once when it comes to rest. Returns the way to stop.
 */
export function atReadingPace(tick: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const rest = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const follow = (waitMs = paceMs()) => {
    const speed = simSpeed()
    if (speed > 0 && !isAtRest(useLab.getState().state, simNow(), speed)) {
      timer ??= setTimeout(turn, waitMs)
    } else rest()
  }
  const turn = () => {
    timer = undefined
    follow()
    tick()
  }
  follow()
  const stops = [
    onFrame(() => follow()),
    onPaced(() => {
      rest()
      follow(UNCHANGED * paceMs())
      tick()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    rest()
  }
}

/**
 * Calls `task` at once, at each change of what the screen shows and, while time runs and packets are in flight, before
 * each paint. Returns the way to stop.
 */
export function whileTimeRuns(task: () => void): () => void {
  let stopLoop: (() => void) | undefined
  const turn = () => {
    task()
    const goesOn = simSpeed() > 0 && isUnderWay(useLab.getState().state, simNow())
    if (!goesOn) stopLoop = undefined
    return goesOn
  }
  const follow = () => {
    if (stopLoop === undefined && turn()) stopLoop = everyFrame(turn)
  }
  follow()
  const stopFrames = onFrame(follow)
  return () => {
    stopFrames()
    stopLoop?.()
  }
}
