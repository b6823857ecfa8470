// The history of a session: the running session's recording so far, or an opened recording. A worker reads it, so that
// the screen never waits.
import { MAX_OPENED_BYTES } from '../../../../shared/limits'
import type { GrowingHistory, History, LongWork } from './contract'
import { HistoryClient } from './history-client'

export type * from './contract'

/** Starts a worker with an empty history. */
export function createHistory(): GrowingHistory {
  return start()
}

/** Opens a complete recording. Rejects with an Error in words for a file that is damaged or is no recording. */
export async function openHistory(file: Blob, work?: LongWork): Promise<History> {
  if (file.size > MAX_OPENED_BYTES) {
    const [size, most] = [file.size, MAX_OPENED_BYTES].map((bytes) => Math.ceil(bytes / 1024 ** 2))
    throw new Error(`It is too large: it has ${size} MB, and at most ${most} MB are opened.`)
  }
  const history = start()
  try {
    await history.open(file, work)
  } catch (error) {
    history.close()
    throw error
  }
  return history
}

function start(): HistoryClient {
  return new HistoryClient(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
}
