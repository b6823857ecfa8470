import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readingThread } from './reading-thread'
import { readSource } from './source'
import { filesOf, HEAD } from './testing'

/** Hangs at the bytes 1, ends at 2, throws at 3; else it says how many sources it has read. */
const SCRIPT = `
const { parentPort } = require('node:worker_threads')
let count = 0
parentPort.on('message', ({ bytes }) => {
  if (bytes[0] === 1) {
    parentPort.postMessage({ kind: 'begun' })
    for (;;);
  }
  if (bytes[0] === 2) process.exit(0)
  if (bytes[0] === 3) throw new Error('no luck')
  parentPort.postMessage({ kind: 'read', read: { lesson: undefined, problems: [++count] } })
})
`
const zip = (first: number) => ({ kind: 'zip', bytes: new Uint8Array([first]) }) as const
const problemOf = (problem: string) => [{ file: 'lesson.md', line: 0, problem, isWarning: false }]

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-reading-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function reading(deadlineMs?: number) {
  const script = join(folder, 'reader.cjs')
  await writeFile(script, SCRIPT)
  return readingThread(script, deadlineMs)
}

it('one thread reads one lesson after another, and another one what comes later', async () => {
  const read = await reading()
  const rows = await Promise.all([read(zip(0)), read(zip(0)), read(zip(0))])
  expect(rows.map(({ problems }) => problems)).toEqual([[1], [2], [3]])
  expect((await read(zip(0))).problems).toEqual([1])
})

it('a lesson that takes too long is given up, and the next one is read', async () => {
  const read = await reading(50)
  const [long, next] = await Promise.all([read(zip(1)), read(zip(0))])
  expect(long).toEqual({
    lesson: undefined,
    problems: problemOf(
      'This lesson takes too long to read: it was given up after 0.05 s. Make its longest step shorter, or two steps of it.',
    ),
  })
  expect(next.problems).toEqual([1])
})

it('a lesson that ends its reader is told of, and the next one is read', async () => {
  const read = await reading()
  const [ended, thrown, next] = await Promise.all([read(zip(2)), read(zip(3)), read(zip(0))])
  expect(ended.problems).toEqual(problemOf('This lesson cannot be read: its reader has ended.'))
  expect(thrown.problems).toEqual(problemOf('This lesson cannot be read: no luck.'))
  expect(next.problems).toEqual([1])
})

it('a lesson survives the way between two threads', () => {
  const text = `${HEAD}## Step\n\nText.\n`
  const read = readSource({ kind: 'files', files: filesOf({ 'lesson.md': text }) })
  expect(read.lesson).toBeDefined()
  expect(structuredClone(read)).toEqual(read)
})
