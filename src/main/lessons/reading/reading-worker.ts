// The program that runs in the thread in which lessons are read.
import { parentPort } from 'node:worker_threads'
import type { FromReader } from './reading-thread'
import { type LessonSource, readSource } from './source'

const tell = (message: FromReader) => parentPort?.postMessage(message)

parentPort?.on('message', (source: LessonSource) => {
  tell({ kind: 'begun' })
  tell({ kind: 'read', read: readSource(source) })
})
