// The program that runs in the thread of a compared lab.
import { parentPort, workerData } from 'node:worker_threads'
import type { FromThread, ThreadData } from './lab-thread'
import { playLab } from './play-lab'

const { lab, enough }: ThreadData = workerData
const flag = new Uint8Array(enough)
const tell = (message: FromThread) => parentPort?.postMessage(message)

/** Progress is reported at most this often: a lab may play a thousand seconds in one. */
const TELL_EVERY_MS = 50
let toldAt = 0

playLab(lab, {
  played(ms, choices) {
    const now = performance.now()
    if (choices.length > 0 || now - toldAt >= TELL_EVERY_MS) {
      toldAt = now
      tell({ kind: 'played', ms, choices })
    }
    return Atomics.load(flag, 0) === 0
  },
}).then(
  (ended) => tell({ kind: 'ended', lab: ended }),
  (error: unknown) => {
    // The thread that started this one gets it as its worker's error.
    throw error
  },
)
