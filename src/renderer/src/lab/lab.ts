// The lab's state on the screen. Each frame is reduced once into the live state and then acknowledged. The screen shows
// that state, except while a step glides (glide.ts) or this window looks back (past-view.ts). What is not in events
// (selection, theme, panels) is in choices/ui.ts.
import { create } from 'zustand'
import type { Command, CommandResult } from '../../../shared/commands'
import type { Bridge } from '../../../shared/contract'
import { errorText } from '../../../shared/error-text'
import type { LabEvent } from '../../../shared/events'
import { type Frame, FrameReader } from '../../../shared/feed/frame'
import type { SimMs } from '../../../shared/ids'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import type { State } from '../../../shared/state/state'
import { afterPaint } from './after-paint'
import { Glide, mayGlide } from './glide'
import { MEASURED_MS, ReachedSpeed } from './reached-speed'
import { SimClock } from './sim-clock'

interface Lab {
  /** The state on the screen. */
  state: State
  /** The state of the running lab, whatever the screen shows. */
  live: State
  /** The name of the running session; undefined before the first frame. */
  session: string | undefined
  /** True from the first frame on; false while the connection to the engine is down. */
  connected: boolean
  /** The speed that the running lab reaches, in simulated ms per real ms, if it falls short of what was asked for. */
  reachedSpeed: number | undefined
}

export type FrameChange = { kind: 'events'; events: readonly LabEvent[] } | { kind: 'snapshot' }

type FrameListener = (change: FrameChange, state: State) => void

/** What the screen shows instead of the live lab. */
export interface ShownInstead {
  /** The simulated time there, and its speed in simulated ms per real ms (0: paused). */
  now(): SimMs
  speed(): number
  /** Why commands are refused while it is shown, as a sentence. */
  refusal: string
}

export const useLab = create<Lab>(() => ({
  state: INITIAL_STATE,
  live: INITIAL_STATE,
  session: undefined,
  connected: false,
  reachedSpeed: undefined,
}))

const listeners = new Set<FrameListener>()
const liveListeners = new Set<(frame: Frame['kind']) => void>()
const frames = new FrameReader()
let clock = new SimClock()
let speedometer = new ReachedSpeed()
/** Forgets the reached speed when no frame follows: the lab rests. */
let atRest: ReturnType<typeof setTimeout> | undefined
let bridge: Bridge | undefined
let shownInstead: ShownInstead | undefined
let glide: Glide | undefined

/**
 * Starts to take frames from the bridge. Returns the way to stop. `schedule` says when a frame is acknowledged: after
 * the next paint, so that a slow screen gets fewer and larger frames. `glides` says whether a step may glide.
 */
export function startLab(
  newBridge: Bridge,
  schedule: (task: () => void) => void = afterPaint,
  glides: () => boolean = mayGlide,
): () => void {
  bridge = newBridge
  clock = new SimClock()
  speedometer = new ReachedSpeed()
  const stopFrames = newBridge.subscribe((bytes) => {
    const number = takeFrame(bytes, glides)
    schedule(() => newBridge.acknowledge(number))
  })
  const stopConnected = newBridge.onConnected((connected) => useLab.setState({ connected }))
  return () => {
    stopFrames()
    stopConnected()
    showReached(undefined)
    glide?.cut()
    glide = undefined
    shownInstead = undefined
    if (bridge === newBridge) bridge = undefined
  }
}

/** Sends a command to the engine. Never rejects: errors are in the result, in words. */
export async function execute(command: Command): Promise<CommandResult> {
  if (shownInstead) return { ok: false, error: shownInstead.refusal }
  if (!bridge) return { ok: false, error: 'The engine is not connected.' }
  try {
    return await bridge.execute(command)
  } catch (error) {
    return { ok: false, error: errorText(error) }
  }
}

/** The simulated time on the screen, in ms: between frames it advances at the clock's speed. */
export function simNow(): SimMs {
  if (shownInstead) return shownInstead.now()
  return glide ? glide.now : clock.at(performance.now())
}

/** The simulated time of the running lab, whatever the screen shows. */
export function liveNow(): SimMs {
  return clock.at(performance.now())
}

/**
 * The speed of the time on the screen, in simulated ms per real ms; 0 while paused. Listeners to frames are called when
 * it changes.
 */
export function simSpeed(): number {
  if (shownInstead) return shownInstead.speed()
  if (glide) return glide.speed
  const { paused, speed } = useLab.getState().state.clock
  return paused ? 0 : speed
}

/** Calls the listener after the screen's state has changed, with the change. Returns the way to stop. */
export function onFrame(listener: FrameListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Calls the listener after each frame of the running lab, whatever the screen shows. Returns the way to stop. */
export function onLiveFrame(listener: (frame: Frame['kind']) => void): () => void {
  liveListeners.add(listener)
  return () => liveListeners.delete(listener)
}

/** Shows another moment instead of the live lab, whose events are still reduced. */
export function showInstead(place: ShownInstead, state: State): void {
  glide?.cut()
  glide = undefined
  shownInstead = place
  show(state, { kind: 'snapshot' })
}

/** Changes what is shown instead of the live lab. */
export function updateShown(state: State, change: FrameChange): void {
  if (shownInstead) show(state, change)
}

/** Shows the live lab again. */
export function showLiveAgain(): void {
  if (!shownInstead) return
  shownInstead = undefined
  show(useLab.getState().live, { kind: 'snapshot' })
}

function show(state: State, change: FrameChange, news: Partial<Lab> = {}): void {
  useLab.setState({ ...news, state })
  for (const listener of listeners) listener(change, state)
}

/** Reduces a frame into the store. Returns its number. */
function takeFrame(bytes: Uint8Array, glides: () => boolean): number {
  const frame = frames.read(bytes)
  const shownAt = simNow()
  const live =
    frame.kind === 'snapshot' ? frame.state : reduce(useLab.getState().live, frame.events)
  const realNow = performance.now()
  clock.anchor(frame.now, realNow, live.clock)
  showReached(speedometer.note(frame.now, realNow, live.clock))
  if (frame.kind === 'snapshot') useLab.setState({ session: frame.session })
  if (shownInstead) useLab.setState({ live, connected: true })
  else if (frame.kind === 'snapshot') showLive(live, { kind: 'snapshot' })
  else follow(frame.events, live, shownAt, glides)
  for (const listener of liveListeners) listener(frame.kind)
  return frame.number
}

function showReached(reachedSpeed: number | undefined): void {
  clearTimeout(atRest)
  if (reachedSpeed !== undefined) {
    atRest = setTimeout(() => useLab.setState({ reachedSpeed: undefined }), 2 * MEASURED_MS)
  }
  if (useLab.getState().reachedSpeed !== reachedSpeed) useLab.setState({ reachedSpeed })
}

/** Advances the screen to the live state by these events: at once or, after a step, gliding. */
function follow(
  events: readonly LabEvent[],
  live: State,
  shownAt: SimMs,
  glides: () => boolean,
): void {
  const start = events.findLastIndex(({ type }) => type === 'clock.changed') + 1
  const from = events[start - 1]?.at ?? shownAt
  const to = events.at(-1)?.at ?? from
  if (live.clock.paused && glides() && (glide ? start === 0 : to > from)) {
    useLab.setState({ live, connected: true })
    if (!glide) startGlide(events.slice(0, start), from)
    glide?.goOn(events.slice(start), to, live.clock.speed)
  } else {
    const left = glide?.cut() ?? []
    showLive(live, { kind: 'events', events: left.length > 0 ? [...left, ...events] : events })
  }
}

function showLive(live: State, change: FrameChange): void {
  glide?.cut()
  glide = undefined
  show(live, change, { live, connected: true })
}

/** Starts a glide where these events end; they are shown at once. */
function startGlide(events: readonly LabEvent[], from: SimMs): void {
  const begin = reduce(useLab.getState().state, events)
  const started = new Glide(
    begin,
    from,
    (state, due) => show(state, { kind: 'events', events: due }),
    // The glide ends at the live state.
    () => showLive(useLab.getState().live, { kind: 'events', events: started.cut() }),
  )
  glide = started
  if (events.length > 0) show(begin, { kind: 'events', events })
}
