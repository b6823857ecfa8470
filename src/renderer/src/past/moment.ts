// Which moment is on the screen, as data; past.ts is what moves it.
import { create } from 'zustand'
import type { SimMs } from '../../../shared/ids'
import type { Mark } from '../../../shared/state/state'
import type { Extent } from './history/history'

export interface Past {
  /** `recording`: a file is open, and nothing in it is live. */
  view: 'now' | 'past' | 'recording'
  /** The open recording's file name. */
  name: string | undefined
  /** What the timeline spans; while `now`, it grows with the session. */
  extent: Extent
  /** The open recording's marks; the running session's are the live state's. */
  marks: readonly Mark[]
  /** The moment on screen: its last event, and the simulated time, which runs on between events while playing. */
  seq: number
  at: SimMs
  /** Now, while time runs: nothing is under way, and `at` is since when. */
  atRest: boolean
  playing: boolean
  speed: number
  /** Long work that is under way, for a dialog with its progress (0 to 1) and a way to call it off. */
  work: { title: string; done: number; cancel(): void } | undefined
}

export const usePast = create<Past>(() => ({
  view: 'now',
  name: undefined,
  extent: { from: 0, to: 0, firstSeq: 0, lastSeq: 0, packets: 0 },
  marks: [],
  seq: 0,
  at: 0,
  atRest: false,
  playing: false,
  speed: 1,
  work: undefined,
}))

/** Whether the moment on the screen is the last one that there is. */
export function atEnd({ view, seq, at, extent } = usePast.getState()): boolean {
  return view !== 'now' && seq >= extent.lastSeq && at >= extent.to
}

/** What stands in the way of changing anything, and what to do about it. */
export const REFUSALS = {
  now: undefined,
  past: 'This is the past: nothing done here can change what happened. Go back to now first.',
  recording:
    'This is a recording: nothing in it is live, and nothing done here can change it. Close it first.',
} as const satisfies Record<Past['view'], string | undefined>

/** Why nothing on the screen can be changed now; undefined where it can. */
export function useRefusal(): string | undefined {
  return usePast(({ view }) => REFUSALS[view])
}
