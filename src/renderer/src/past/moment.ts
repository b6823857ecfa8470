// The moment on the screen, as data; past-view.ts changes it.
import { create } from 'zustand'
import type { CommandType, UserRole } from '../../../shared/commands'
import type { SimMs } from '../../../shared/ids'
import { type Lock, lockRefusal } from '../../../shared/lesson/locks'
import type { Metrics } from '../../../shared/metrics/series'
import type { Mark } from '../../../shared/state/marks'
import type { State } from '../../../shared/state/state'
import { useLesson } from '../lab/lesson'
import { useLine } from '../line/line'
import type { Extent } from './history/history'

export interface Past {
  /** `recording`: a file is open, and nothing on the screen is live. */
  view: 'now' | 'past' | 'recording'
  /** The open recording's file name. */
  name: string | undefined
  /** The span of the timeline; while `now`, it grows with the session. */
  extent: Extent
  /** The open recording's marks; those of the running session are in the live state. */
  marks: readonly Mark[]
  /** The open recording's bookmarks, likewise. */
  bookmarks: State['bookmarks']
  /** The figures by second at the open recording's end; undefined without one. */
  metrics: Metrics | undefined
  /** The moment on the screen: its last event, and the simulated time, which advances between events while playing. */
  seq: number
  at: SimMs
  /** Live with time running: nothing is in flight, and nothing has happened lately (lab/ticks.ts). */
  atRest: boolean
  playing: boolean
  speed: number
  /** Running long work, for a dialog with its progress (0 to 1) and a button to cancel it. */
  work: { title: string; done: number; cancel(): void } | undefined
}

/** The parts about a recording, while none is open. */
export const NO_RECORDING = { name: undefined, marks: [], bookmarks: new Map(), metrics: undefined }

export const usePast = create<Past>(() => ({
  view: 'now',
  ...NO_RECORDING,
  extent: { from: 0, to: 0, firstSeq: 0, lastSeq: 0, packets: 0 },
  seq: 0,
  at: 0,
  atRest: false,
  playing: false,
  speed: 1,
  work: undefined,
}))

/** Whether the moment on the screen is the last one. */
export function atEnd({ view, seq, at, extent } = usePast.getState()): boolean {
  return view !== 'now' && seq >= extent.lastSeq && at >= extent.to
}

/** Why this window cannot change anything: a sentence that also says what to do, and a short form for a tooltip. */
export interface Refusal {
  readonly sentence: string
  readonly tip: string
}

export const REFUSALS = {
  past: {
    sentence: 'This is the past: nothing done here can change what happened. Go back to now first.',
    tip: 'Not in the past: go back to now first',
  },
  recording: {
    sentence:
      'This is a recording: nothing in it is live, and nothing done here can change it. Close it first.',
    tip: 'Not in a recording: close it first',
  },
  viewer: {
    sentence: 'You are a viewer of this lab: only an operator can change it.',
    tip: 'Not as a viewer: only an operator can change the lab',
  },
} as const satisfies Record<string, Refusal>

function refusalOf(view: Past['view'], role: UserRole): Refusal | undefined {
  if (view !== 'now') return REFUSALS[view]
  return role === 'viewer' ? REFUSALS.viewer : undefined
}

const NO_LOCKS: readonly Lock[] = []

function refusalByLock(command: CommandType | undefined, locks: readonly Lock[]) {
  const sentence = command && lockRefusal(locks, { type: command })
  return sentence === undefined ? undefined : { sentence, tip: sentence.replace(/\.$/, '') }
}

/** Why nothing, or no such command, is possible now; undefined if it is possible. */
export function refusalNow(command?: CommandType): Refusal | undefined {
  const refusal = refusalOf(usePast.getState().view, useLine.getState().role)
  return refusal ?? refusalByLock(command, useLesson.getState().view?.locks ?? NO_LOCKS)
}

/** The same for a component. */
export function useRefusal(command?: CommandType): Refusal | undefined {
  const role = useLine((line) => line.role)
  const locks = useLesson(({ view }) => view?.locks ?? NO_LOCKS)
  return usePast(({ view }) => refusalOf(view, role)) ?? refusalByLock(command, locks)
}
