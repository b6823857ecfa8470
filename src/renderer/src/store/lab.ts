// The lab as the screen knows it: frames come in, each is reduced once into the state, and is then acknowledged.
// Everything that is not told by events (selection, theme, panels) lives in ui.ts.
import { create } from 'zustand'
import type { Command, CommandResult } from '../../../shared/commands'
import type { Bridge } from '../../../shared/contract'
import type { LabEvent } from '../../../shared/events'
import { decodeFrame } from '../../../shared/feed/frame'
import type { SimMs } from '../../../shared/ids'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import type { State } from '../../../shared/state/state'
import { afterPaint } from './after-paint'
import { SimClock } from './sim-clock'

export interface Lab {
  state: State
  /** Whether the engine is there: true from the first frame on, false while the browser's line is down. */
  connected: boolean
}

export type FrameChange = { kind: 'events'; events: readonly LabEvent[] } | { kind: 'snapshot' }

type FrameListener = (change: FrameChange, state: State) => void

export const useLab = create<Lab>(() => ({ state: INITIAL_STATE, connected: false }))

const listeners = new Set<FrameListener>()
let clock = new SimClock()
let bridge: Bridge | undefined

/**
 * Starts taking frames from the bridge. Returns the way to stop.
 * `schedule` says when a frame that was taken in is acknowledged: after the next paint, so that a slow screen
 * gets fewer and larger frames.
 */
export function startLab(
  newBridge: Bridge,
  schedule: (task: () => void) => void = afterPaint,
): () => void {
  bridge = newBridge
  clock = new SimClock()
  const stopFrames = newBridge.subscribe((bytes) => {
    const number = takeFrame(bytes)
    schedule(() => newBridge.acknowledge(number))
  })
  const stopConnected = newBridge.onConnected((connected) => useLab.setState({ connected }))
  return () => {
    stopFrames()
    stopConnected()
    if (bridge === newBridge) bridge = undefined
  }
}

/** Asks the engine; never rejects: what went wrong is in the result, in words. */
export async function execute(command: Command): Promise<CommandResult> {
  if (!bridge) return { ok: false, error: 'The engine is not connected.' }
  try {
    return await bridge.execute(command)
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) }
  }
}

/** Simulated time now, in ms: between frames it runs on at the clock's speed. */
export function simNow(): SimMs {
  return clock.at(performance.now())
}

/** Called after the store took a frame, with what changed. Returns the way to stop. */
export function onFrame(listener: FrameListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Reduces a frame into the store and returns its number. */
function takeFrame(bytes: Uint8Array): number {
  const frame = decodeFrame(bytes)
  const state =
    frame.kind === 'snapshot' ? frame.state : reduce(useLab.getState().state, frame.events)
  clock.anchor(frame.now, performance.now(), state.clock)
  useLab.setState({ state, connected: true })
  const change: FrameChange =
    frame.kind === 'snapshot' ? { kind: 'snapshot' } : { kind: 'events', events: frame.events }
  for (const listener of listeners) listener(change, state)
  return frame.number
}
