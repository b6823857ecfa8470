// Values that change often, at the pace for reading: at once after a quiet moment, then at most every PACE_MS. Panels of
// text use them, so that a hundred thousand events a second cost them ten renders.
import { useCallback, useSyncExternalStore } from 'react'
import type { State } from '../../../shared/state/state'
import { useLab } from './lab'

export const PACE_MS = 100

export class Paced<T> {
  private readonly listeners = new Set<() => void>()
  private published: T
  private publishedAt = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | undefined

  /** `read` returns the current value, and `subscribe` calls its listener after each change of it. */
  constructor(
    private readonly read: () => T,
    subscribe: (listener: () => void) => unknown,
  ) {
    this.published = read()
    subscribe(() => this.changed())
  }

  get value(): T {
    return this.published
  }

  /** Calls the listener after the value has changed, at the pace for reading. Returns the way to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private changed(): void {
    if (this.timer !== undefined || this.read() === this.published) return
    const waitMs = Math.min(PACE_MS, this.publishedAt + PACE_MS - performance.now())
    if (waitMs <= 0) this.publish()
    else this.timer = setTimeout(() => this.publish(), waitMs)
  }

  private publish(): void {
    this.timer = undefined
    this.publishedAt = performance.now()
    this.published = this.read()
    for (const listener of this.listeners) listener()
  }
}

const state = new Paced(() => useLab.getState().state, useLab.subscribe)

/** Calls the listener at the pace for reading, after the state has changed. Returns the way to stop. */
export const onPaced = state.subscribe

/** A part of the lab's state. The selector must return the same object for the same state. */
export function usePaced<T>(selector: (state: State) => T): T {
  const read = useCallback(() => selector(state.value), [selector])
  return useSyncExternalStore(onPaced, read)
}

const whole = (all: State) => all

/** The whole state, at the pace for reading. */
export function usePacedState(): State {
  return usePaced(whole)
}
