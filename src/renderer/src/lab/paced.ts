// The lab's state at the pace for reading: at once after a quiet moment, then at most every PACE_MS. Panels of text use
// it, so that a hundred thousand events a second cost them ten renders.
import { useCallback, useSyncExternalStore } from 'react'
import type { State } from '../../../shared/state/state'
import { useLab } from './lab'

const PACE_MS = 100

const listeners = new Set<() => void>()
let paced = useLab.getState().state
let publishedAt = Number.NEGATIVE_INFINITY
let timer: ReturnType<typeof setTimeout> | undefined

useLab.subscribe(({ state }) => {
  if (state === paced || timer !== undefined) return
  const waitMs = Math.min(PACE_MS, publishedAt + PACE_MS - performance.now())
  if (waitMs <= 0) publish()
  else timer = setTimeout(publish, waitMs)
})

function publish(): void {
  timer = undefined
  publishedAt = performance.now()
  paced = useLab.getState().state
  for (const listener of listeners) listener()
}

/** Calls the listener at the pace for reading, after the state has changed. Returns the way to stop. */
export function onPaced(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A part of the state. The selector must return the same object for the same state. */
export function usePaced<T>(selector: (state: State) => T): T {
  const read = useCallback(() => selector(paced), [selector])
  return useSyncExternalStore(onPaced, read)
}

const whole = (state: State) => state

/** The whole state, at the pace for reading. */
export function usePacedState(): State {
  return usePaced(whole)
}
