// The comparison of this window: the one that runs, the last result, and the moment of the result that is shown.
import { create } from 'zustand'
import type {
  Comparison,
  ComparisonRequest,
  ComparisonUpdate,
} from '../../../shared/compare/comparison'
import type { Bridge } from '../../../shared/contract'
import type { Scenario } from '../../../shared/scenario'
import type { CompareSettings } from './settings-key'

/** The settings of a comparison, and the lab in which it was started. */
interface AskedSettings {
  readonly settings: CompareSettings
  readonly key: string
  /** The name of the lab's scenario. */
  readonly lab: string | null
}

/** A comparison and its result. */
export interface Compared {
  readonly comparison: Comparison
  readonly scenario: Scenario
  /** Where the messages came from, as a sentence. */
  readonly source: string
  readonly asked: AskedSettings
  /** The simulated time of the lab that had most. */
  readonly endMs: number
}

interface ComparisonState {
  /** By lab, while one runs. */
  parts: readonly number[] | undefined
  error: string | undefined
  /** The person has stopped it; its result so far comes soon. */
  isStopping: boolean
  compared: Compared | undefined
  /** The moment that is shown, and whether it moves. */
  atMs: number
  playing: boolean
}

export const useComparison = create<ComparisonState>(() => ({
  parts: undefined,
  error: undefined,
  isStopping: false,
  compared: undefined,
  atMs: 0,
  playing: false,
}))

let bridge: Bridge | undefined
let running: { request: ComparisonRequest; source: string; asked: AskedSettings } | undefined

export function startComparisons(newBridge: Bridge): () => void {
  bridge = newBridge
  return newBridge.onComparison(take)
}

export function startComparing(
  request: ComparisonRequest,
  source: string,
  asked: AskedSettings,
): void {
  running = { request, source, asked }
  useComparison.setState({
    parts: (request.scenario.compare ?? []).map(() => 0),
    error: undefined,
    isStopping: false,
    playing: false,
  })
  bridge?.compare(request)
}

/** Ends the run; the result is of its part so far. */
export function stopComparing(): void {
  if (useComparison.getState().isStopping) return
  useComparison.setState({ isStopping: true })
  bridge?.stopComparing()
}

/** The slowest lab decides how long it takes. */
export function percentDone(parts: readonly number[]): number {
  return Math.floor(100 * Math.min(...parts))
}

export function refuseToCompare(error: string): void {
  useComparison.setState({ error })
}

function take(update: ComparisonUpdate): void {
  if (running === undefined) return
  switch (update.kind) {
    case 'progress':
      useComparison.setState({ parts: update.parts })
      return
    case 'failed':
      running = undefined
      useComparison.setState({ parts: undefined, isStopping: false, error: update.error })
      return
    case 'done': {
      const { comparison } = update
      const { request, source, asked } = running
      running = undefined
      const endMs = Math.max(1, ...comparison.labs.map(({ ms }) => ms))
      const compared = { comparison, scenario: request.scenario, source, asked, endMs }
      useComparison.setState({
        parts: undefined,
        isStopping: false,
        error: undefined,
        compared,
        atMs: 0,
      })
    }
  }
}
