// Where a recording opens.
import type { SimMs } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import type { History } from './history/history'

/** Nodes connect and register in a lab's first second: a recording opens after it, so that the canvas is not empty. */
export const SETTING_UP_MS = 1_000

/** Returns the state that is shown first, and the marks, bookmarks and figures of the whole recording. */
export async function firstAndLast(
  history: History,
  at: SimMs,
): Promise<{ state: State } & Pick<State, 'marks' | 'bookmarks' | 'metrics'>> {
  const { marks, bookmarks, metrics } = await history.seek({ at: history.extent.to })
  return { state: await history.seek({ at }), marks, bookmarks, metrics }
}
