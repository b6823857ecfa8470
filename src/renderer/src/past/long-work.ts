// Long work, one task at a time, with a dialog.
import type { LongWork } from './history/history'
import { usePast } from './moment'

/** Does long work with a dialog that shows its progress and can cancel it; returns undefined if it was cancelled. */
export async function withProgress<T>(
  title: string,
  work: (work: LongWork) => Promise<T>,
): Promise<T | undefined> {
  const control = new AbortController()
  const { signal } = control
  const mine = { title, done: 0, cancel: () => control.abort() }
  const isMine = () => usePast.getState().work?.cancel === mine.cancel
  usePast.setState({ work: mine })
  try {
    const onProgress = (done: number) => {
      if (isMine()) usePast.setState({ work: { ...mine, done } })
    }
    const result = await work({ onProgress, signal })
    return signal.aborted ? undefined : result
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  } finally {
    if (isMine()) usePast.setState({ work: undefined })
  }
}
