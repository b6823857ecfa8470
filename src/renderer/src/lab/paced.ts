// Values that change often, at the pace for reading: at once after a quiet moment, then at most every PACE_MS, or half as
// often where so much happens that nobody reads single numbers. Panels of text use them, so that a hundred thousand events a
// second cost them five renders.
import { useCallback, useSyncExternalStore } from 'react'
import type { State } from '../../../shared/state/state'
import { useLab } from './lab'

export const PACE_MS = 100
/** As many events a second as 150 messages cause. */
const CROWDED_PER_SECOND = 2_000

export class Paced<T> {
  private readonly listeners = new Set<() => void>()
  private published: T
  private publishedAt = Number.NEGATIVE_INFINITY
  private timer: ReturnType<typeof setTimeout> | undefined
  private isCrowded = false

  /**
   * `read` returns the current value, and `subscribe` calls its listener after each change of it. `eventsBetween`: how many
   * events one value is ahead of another one; omitted: they are never many.
   */
  constructor(
    private readonly read: () => T,
    subscribe: (listener: () => void) => unknown,
    private readonly eventsBetween: (before: T, after: T) => number = () => 0,
  ) {
    this.published = read()
    subscribe(() => this.changed())
  }

  get value(): T {
    return this.published
  }

  /** The least time between two readings. */
  get paceMs(): number {
    return this.isCrowded ? 2 * PACE_MS : PACE_MS
  }

  /** Calls the listener after the value has changed, at the pace for reading. Returns the way to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private changed(): void {
    if (this.timer !== undefined || this.read() === this.published) return
    const { paceMs } = this
    const waitMs = Math.min(paceMs, this.publishedAt + paceMs - performance.now())
    if (waitMs <= 0) this.publish()
    else this.timer = setTimeout(() => this.publish(), waitMs)
  }

  private publish(): void {
    this.timer = undefined
    const [before, now] = [this.published, performance.now()]
    this.published = this.read()
    const perMs = this.eventsBetween(before, this.published) / (now - this.publishedAt)
    this.isCrowded = perMs > CROWDED_PER_SECOND / 1000
    this.publishedAt = now
    for (const listener of this.listeners) listener()
  }
}

/** A moment of the past, which may be many events away, is read as soon as it is chosen. */
const state = new Paced(
  () => useLab.getState().state,
  useLab.subscribe,
  (before, { seq }) => (useLab.getState().live.seq === seq ? seq - before.seq : 0),
)

/** Calls the listener at the pace for reading, after the state has changed. Returns the way to stop. */
export const onPaced = state.subscribe

/** The least time between two calls now. */
export function paceMs(): number {
  return state.paceMs
}

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
