import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Progress } from './progress'
import { newRecord } from './record'

let folder: string
let path: string
const warnings: string[] = []
const read = () => Progress.read(path, (text) => warnings.push(text))

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-progress-'))
  path = join(folder, 'state', 'lessons.json')
  warnings.length = 0
})
afterEach(() => rm(folder, { recursive: true }))

const RECORD = { ...newRecord(new Date(0)), at: 2, reached: 3 }

it('is there again at the next start, and nothing lies beside its file', async () => {
  const first = await read()
  first.set('one', RECORD)
  first.set('two', { ...RECORD, at: 0 })
  first.set('one', { ...RECORD, at: 1 })
  await first.written()
  const second = await read()
  expect([second.of('one')?.at, second.of('two')?.at]).toEqual([1, 0])
  expect(await readdir(join(folder, 'state'))).toEqual(['lessons.json'])
  expect(warnings).toEqual([])
})

it('begins anew with a damaged file, which is kept aside', async () => {
  const first = await read()
  first.set('one', RECORD)
  await first.written()
  await writeFile(path, '{"version":1,"lessons":{"one"')
  const second = await read()
  expect(second.of('one')).toBeUndefined()
  expect(warnings).toEqual([expect.stringContaining('is damaged')])
  expect(await readFile(`${path}.damaged`, 'utf8')).toContain('"one"')
})

it('one damaged record costs no other one', async () => {
  const first = await read()
  first.set('good', RECORD)
  await first.written()
  const file = JSON.parse(await readFile(path, 'utf8'))
  file.lessons.bad = { at: 'nowhere' }
  await writeFile(path, JSON.stringify(file))
  const second = await read()
  expect(second.of('bad')).toBeUndefined()
  expect(second.of('good')).toEqual(RECORD)
})

it('whatever the file holds, a lesson can be begun', async () => {
  const first = await read()
  first.set('one', RECORD)
  await first.written()
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      await writeFile(path, text)
      const progress = await read()
      progress.set('one', RECORD)
      expect(progress.of('one')).toEqual(RECORD)
      await progress.written()
    }),
    { numRuns: 20 },
  )
})

it('a folder that cannot be written to is told once', async () => {
  await writeFile(join(folder, 'state'), 'a file')
  const progress = await read()
  progress.set('one', RECORD)
  await progress.written()
  progress.set('one', RECORD)
  await progress.written()
  expect(warnings.filter((text) => text.includes('cannot be saved'))).toHaveLength(1)
})
