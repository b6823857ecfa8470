// A thread that plays one lab. Starting it is the entry of its own bundle (lab-worker.ts).
import { Worker } from 'node:worker_threads'
import type { ComparedLab } from '../../shared/compare/comparison'
import type { FirstChoice } from '../../shared/compare/first-difference'
import type { StartLab } from './comparison'
import type { LabToPlay } from './play-lab'

/** `enough`: set to 1 when further choices are not needed. */
export interface ThreadData {
  readonly lab: LabToPlay
  readonly enough: SharedArrayBuffer
}

export type FromThread =
  | { readonly kind: 'played'; readonly ms: number; readonly choices: readonly FirstChoice[] }
  | { readonly kind: 'ended'; readonly lab: ComparedLab }

/** `script`: the bundle of lab-worker.ts. */
export function labThreads(script: string): StartLab {
  return (lab, listener) => {
    const enough = new SharedArrayBuffer(1)
    const workerData: ThreadData = { lab, enough }
    const worker = new Worker(script, { workerData })
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'played') listener.played(message.ms, message.choices)
      else listener.ended(message.lab)
    })
    worker.on('error', (error) => listener.failed(error))
    return {
      stopChoices: () => void Atomics.store(new Uint8Array(enough), 0, 1),
      stop: () => void worker.terminate(),
    }
  }
}
