// A session that can be looked into at any moment: the running one's recording so far, or one that was opened. The work
// is done in a worker, so that the screen never waits for it; this is its public face.
import { MAX_OPENED_BYTES } from '../../../../shared/limits'
import type { GrowingHistory, History, LongWork } from './contract'
import { AskedHistory } from './history-client'

export type * from './contract'

/** Starts a worker with an empty history. */
export function createHistory(): GrowingHistory {
  return start()
}

/** Opens a complete recording. Rejects with an Error that says in words what is wrong with it; opens nothing then. */
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

function start(): AskedHistory {
  return new AskedHistory(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }))
}
