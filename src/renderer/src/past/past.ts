// This window's view of the past, for those who change it; usePast has its state.
import type { Bridge } from '../../../shared/contract'
import { createHistory, openHistory } from './history/history'
import { type Histories, PastView } from './past-view'

export { withProgress } from './long-work'
export { atEnd, type Past, type Refusal, refusalNow, usePast, useRefusal } from './moment'

let started: PastView | undefined

/** Starts to follow the lab. Returns the way to stop. */
export function startPast(
  bridge: Bridge,
  histories: Histories = { create: createHistory, open: openHistory },
): () => void {
  const view = new PastView(bridge, histories)
  started = view
  return () => {
    view.close()
    if (started === view) started = undefined
  }
}

/** The view that startPast created. */
export function pastView(): PastView {
  if (!started) throw new Error('The engine is not connected.')
  return started
}
