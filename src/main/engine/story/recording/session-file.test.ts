import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dismantle } from '../../../../../tests/support/dismantle'
import { RecordingReader } from '../../../../shared/recording/reader'
import { KeptSessions } from './kept-sessions'
import {
  at,
  eventsOf,
  expectKeyframesToBeRight,
  partFiles,
  passFlushTime,
  RECORDING_HEAD,
  readAll,
  startRecorder,
  tell,
  useRecorder,
} from './recorder.testing'

useRecorder()

describe('the session on disk', () => {
  it('has all that has happened by the time that it catches up, whatever is asked meanwhile', async () => {
    const step = fc.record({
      what: fc.constantFrom('tell', 'tell', 'flush', 'read'),
      count: fc.integer({ min: 1, max: 15 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        startRecorder({ folder: at.folder, blockEvents: 16 })
        for (const { what, count } of steps) {
          if (what === 'tell') tell(count)
          else if (what === 'flush') await passFlushTime()
          else await at.recorder.read(0)
        }
        tell(1)
        await passFlushTime()
        const [name = ''] = await partFiles()
        const recording = dismantle(await readFile(join(at.folder, name)))
        expect(eventsOf(recording)).toEqual(at.events)
        expectKeyframesToBeRight(recording)
        expect(dismantle(await readAll())).toMatchObject({ head: RECORDING_HEAD })
        await at.recorder.close({ untouched: false })
        const whole = await new KeptSessions(at.folder).read(at.journal.session, 0)
        expect(eventsOf(dismantle(whole.bytes))).toEqual(at.events)
        await new KeptSessions(at.folder).discard(at.journal.session)
        expect(await readdir(at.folder)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('catches up only while there is something new', async () => {
    startRecorder({ folder: at.folder })
    expect(at.flush).toBeUndefined()
    tell(1)
    await passFlushTime()
    expect(at.flush).toBeUndefined()
  })

  it('is in two parts at most, which together take no more than the limit, and are read as one', async () => {
    const maxBytes = 30_000
    startRecorder({ folder: at.folder, maxBytes, blockEvents: 20 })
    let most = 0
    for (let turn = 0; turn < 40; turn++) {
      tell(60)
      await passFlushTime()
      const sizes = await Promise.all(
        (await partFiles()).map(async (name) => (await stat(join(at.folder, name))).size),
      )
      most = Math.max(
        most,
        sizes.reduce((sum, size) => sum + size, 0),
      )
    }
    expect(most).toBeGreaterThan(maxBytes / 2)
    expect(most).toBeLessThan(maxBytes + 9_000)
    const parts = await Promise.all(
      (await partFiles()).map(async (name) => dismantle(await readFile(join(at.folder, name)))),
    )
    expect(parts).toHaveLength(2)
    for (const part of parts) {
      expect(part.blocks[0]?.before).toBeDefined()
      expectKeyframesToBeRight(part)
    }
    const seqs = parts.flatMap(eventsOf).map(({ seq }) => seq)
    expect(new Set(seqs).size).toBe(seqs.length)
    expect(Math.max(...seqs)).toBe(at.events.length)
    await at.recorder.close({ untouched: false })
    const kept = new KeptSessions(at.folder)
    const { bytes } = await kept.read(at.journal.session, 0)
    expect(eventsOf(dismantle(bytes)).map(({ seq }) => seq)).toEqual(seqs)
    expect((await new RecordingReader().open(bytes)).lastSeq).toBe(at.events.length)
    await kept.discard(at.journal.session)
    expect(await readdir(at.folder)).toEqual([])
  })

  it('says when it began, how long it took and how many messages it has, while it runs and after', async () => {
    startRecorder({ folder: at.folder })
    tell(3)
    await passFlushTime()
    const label = async () =>
      JSON.parse(await readFile(join(at.folder, `${at.journal.session}.json`), 'utf8'))
    expect(await label()).toMatchObject({
      startedAt: RECORDING_HEAD.startedAt,
      messages: 3,
      programs: 0,
      scenario: null,
      closed: false,
    })
    at.journal.emit({ type: 'scenario.reset' })
    at.journal.emit({ type: 'scenario.opened', name: 'Lesson', seed: 1 })
    tell(2)
    await at.recorder.close({ untouched: true })
    const [session] = await new KeptSessions(at.folder).list()
    expect(session).toMatchObject({ messages: 5, scenario: 'Lesson', crashed: false })
    expect(session?.endedAt).toBeGreaterThan(RECORDING_HEAD.startedAt)
  })

  it('is gone after the end if nothing has happened in it', async () => {
    startRecorder({ folder: at.folder })
    at.journal.emit({ type: 'scenario.opened', name: 'Lesson', seed: 1 })
    await passFlushTime()
    expect(await readdir(at.folder)).toHaveLength(2)
    await at.recorder.close({ untouched: true })
    expect(await readdir(at.folder)).toEqual([])
  })

  it('that cannot be written is said once, and the recording in memory goes on', async () => {
    const file = join(at.folder, 'no-folder')
    await writeFile(file, '')
    startRecorder({ folder: join(file, 'recordings') })
    for (let turn = 0; turn < 3; turn++) {
      tell(2)
      await passFlushTime()
    }
    expect(at.told).toEqual([
      expect.stringMatching(/^This session cannot be kept on disk any more: /),
    ])
    expect(eventsOf(dismantle(await readAll()))).toEqual(at.events)
  })

  it('of one session is not taken for one left behind, nor deleted by another', async () => {
    startRecorder({ folder: at.folder })
    const one = at.recorder
    tell(2)
    await passFlushTime()
    startRecorder({ folder: at.folder })
    tell(3)
    await passFlushTime()
    expect(await partFiles()).toHaveLength(2)
    expect(await new KeptSessions(at.folder).list()).toEqual([])
    await one.close({ untouched: false })
    expect(await partFiles()).toHaveLength(2)
    const kept = await new KeptSessions(at.folder).list()
    expect(kept.map(({ messages, crashed }) => ({ messages, crashed }))).toEqual([
      { messages: 2, crashed: false },
    ])
  })
})
