import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dismantle } from '../../../../../tests/support/dismantle'
import { sliceOf } from '../../../../shared/feed/event-bytes'
import { MAX_KEPT_SESSIONS } from '../../../../shared/limits'
import { encodeBlock, encodeHead } from '../../../../shared/recording/writer'
import type { SessionLabel } from '../../../../shared/session-label'
import { INITIAL_STATE } from '../../../../shared/state/reduce'
import { KeptSessions } from './kept-sessions'

/** No system gives out process ids as high. */
const NOBODY = 2_147_483_646
const NOW = Math.round(Date.now())

let folder: string
let sessions: KeptSessions

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-recovered-'))
  sessions = new KeptSessions(folder)
})
afterEach(() => rm(folder, { recursive: true }))

async function recording(events: number): Promise<Uint8Array> {
  const parts = [encodeHead({ startedAt: NOW, app: 'test' })]
  for (let seq = 1; seq <= events; seq++) {
    const event = { seq, at: seq, type: 'links.changed', latencyMs: seq } as const
    const block = { slice: sliceOf([event]), realTimes: [NOW + seq], before: INITIAL_STATE }
    parts.push(await encodeBlock(block, async (bytes) => deflateRawSync(bytes)))
  }
  return Buffer.concat(parts)
}

/** Leaves a file there, and returns its session's name. */
async function leave(bytes: Uint8Array, file = `session-${NOW}-${NOBODY}-1.part`): Promise<string> {
  await writeFile(join(folder, file), bytes)
  return file.replace('.part', '')
}

async function leaveLabel(name: string, label: Partial<SessionLabel>): Promise<void> {
  const whole = { startedAt: NOW, endedAt: NOW + 1, messages: 1, programs: 0, scenario: null }
  await writeFile(
    join(folder, `${name}.json`),
    JSON.stringify({ ...whole, closed: true, ...label }),
  )
}

async function readAll(name: string, step?: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let at = 0; ; ) {
    const { bytes, end } = await sessions.read(name, at)
    const taken = bytes.subarray(0, step)
    parts.push(taken)
    at += taken.length
    if (at === end) return Buffer.concat(parts)
  }
}

describe('kept sessions', () => {
  it('are listed with the newest first', async () => {
    const names = [
      await leave(await recording(1), `session-${NOW}-${NOBODY}-1.part`),
      await leave(await recording(2), `session-${NOW}-${NOBODY}-2.part`),
    ]
    await utimes(join(folder, `${names[0]}.part`), 2_000, 2_000)
    await utimes(join(folder, `${names[1]}.part`), 3_000, 3_000)
    const listed = await sessions.list()
    expect(listed.map(({ name }) => name)).toEqual(names.toReversed())
    expect(listed.map(({ endedAt }) => endedAt)).toEqual([3_000_000, 2_000_000])
    expect(listed[1]?.bytes).toBe((await recording(1)).length)
  })

  it('are those of processes that are gone', async () => {
    const bytes = await recording(1)
    // A process of its parent's is there; nothing of it can be from before the system was started.
    await leave(bytes, `session-${NOW}-${process.ppid}-1.part`)
    const gone = [
      await leave(bytes, `session-1000-${process.ppid}-2.part`),
      // Process ids come round again, in containers at once.
      await leave(bytes, `session-${NOW}-${process.pid}-999999.part`),
      await leave(bytes),
    ]
    expect(new Set((await sessions.list()).map(({ name }) => name))).toEqual(new Set(gone))
  })

  it('are those that were closed too, though their process still runs', async () => {
    const name = await leave(await recording(1), `session-${NOW}-${process.ppid}-1.part`)
    await leaveLabel(name, { messages: 7, scenario: 'Lesson', endedAt: NOW + 60_000 })
    expect(await sessions.list()).toEqual([
      {
        name,
        startedAt: NOW,
        endedAt: NOW + 60_000,
        bytes: (await recording(1)).length,
        messages: 7,
        scenario: 'Lesson',
        crashed: false,
      },
    ])
    await sessions.discard(name)
    expect(await readdir(folder)).toEqual([])
  })

  it('are listed without what a damaged label would say', async () => {
    const name = await leave(await recording(1))
    await writeFile(join(folder, `${name}.json`), '{"startedAt":')
    expect(await sessions.list()).toMatchObject([{ name, messages: null, crashed: true }])
    expect(dismantle(await readAll(name)).isComplete).toBe(true)
  })

  it('are none in which nothing had happened when the process was killed', async () => {
    const name = await leave(await recording(1))
    await leaveLabel(name, { closed: false, messages: 0 })
    expect(await sessions.list()).toEqual([])
    await sessions.trim()
    expect(await readdir(folder)).toEqual([])
  })

  it('are read from all of their parts, or after a damaged one from the next', async () => {
    const whole = await recording(3)
    const head = encodeHead({ startedAt: NOW, app: 'test' })
    const cut = (await recording(2)).length
    const name = await leave(whole.subarray(0, cut), `session-${NOW}-${NOBODY}-1.2.part`)
    await leave(Buffer.concat([head, whole.subarray(cut)]), `session-${NOW}-${NOBODY}-1.3.part`)
    const session = name.replace('.2', '')
    const seqsIn = async (kept: KeptSessions) => {
      const { bytes } = await kept.read(session, 0)
      return dismantle(bytes).blocks.flatMap(({ events }) => events.map(({ seq }) => seq))
    }
    expect(await seqsIn(new KeptSessions(folder))).toEqual([1, 2, 3])
    await leave(whole.subarray(0, cut - 1), `session-${NOW}-${NOBODY}-1.2.part`)
    expect(await seqsIn(new KeptSessions(folder))).toEqual([3])
  })

  it('are deleted by trimming, the oldest first, where there are very many', async () => {
    const bytes = await recording(1)
    const names: string[] = []
    for (let number = 1; number <= MAX_KEPT_SESSIONS + 2; number++) {
      const name = await leave(bytes, `session-${NOW}-${NOBODY}-${number}.part`)
      await utimes(join(folder, `${name}.part`), number, number)
      names.push(name)
    }
    const listed = await sessions.list()
    expect(listed.map(({ name }) => name)).toEqual(names.slice(2).toReversed())
    // A list deletes nothing.
    expect((await readdir(folder)).length).toBe(MAX_KEPT_SESSIONS + 2)
    await sessions.trim()
    expect((await readdir(folder)).length).toBe(MAX_KEPT_SESSIONS)
    expect(await sessions.list()).toEqual(listed)
  })

  it('are no other files, and none where there is no folder', async () => {
    await leave(await recording(1), 'notes.txt')
    await leave(await recording(1), `session-${NOW}-${NOBODY}-1.part.old`)
    await leave(new Uint8Array(0))
    await mkdir(join(folder, `session-${NOW}-${NOBODY}-7.part`))
    expect(await sessions.list()).toEqual([])
    expect(await new KeptSessions(join(folder, 'missing')).list()).toEqual([])
    expect(await new KeptSessions(undefined).list()).toEqual([])
  })

  it('are read up to the last whole block, wherever they were cut, and have an end then', async () => {
    const whole = await recording(3)
    const oneBlock = (await recording(1)).length
    const lengths = new Set<number>()
    for (let next = oneBlock; next < whole.length + 17; next += 17) {
      const cut = Math.min(next, whole.length)
      const name = await leave(whole.subarray(0, cut), `session-${NOW}-${NOBODY}-${cut}.part`)
      const { blocks, isComplete, head } = dismantle(await readAll(name))
      expect(isComplete).toBe(true)
      expect(head.app).toBe('test')
      expect(blocks.map(({ events }) => events[0]?.seq)).toEqual([1, 2, 3].slice(0, blocks.length))
      lengths.add(blocks.length)
    }
    expect([...lengths]).toEqual([1, 2, 3])
  })

  it('are the same in parts of any size', async () => {
    const name = await leave(await recording(3))
    const whole = await readAll(name)
    for (const step of [9, 500]) expect(await readAll(name, step)).toEqual(whole)
  })

  it('that are damaged from their beginning are refused in words', async () => {
    const name = await leave(Uint8Array.from({ length: 90 }, (_, at) => at))
    await expect(sessions.read(name, 0)).rejects.toThrow(`"${name}" is damaged from its beginning.`)
  })

  it('are gone once they are discarded', async () => {
    const name = await leave(await recording(1))
    await readAll(name)
    // Its process was killed while it wrote the label.
    await writeFile(join(folder, `${name}.json.${NOBODY}-7.new`), '{')
    await sessions.discard(name)
    expect(await readdir(folder)).toEqual([])
    await expect(sessions.discard(name)).rejects.toThrow('There is no session')
    await expect(sessions.read(name, 0)).rejects.toThrow('There is no session')
  })

  it.each([
    '../outside.part',
    `../session-1-${NOBODY}-1.part`,
    `sub/session-1-${NOBODY}-1.part`,
    '',
    'session',
    'session-1-2',
    'pool',
  ])('are never another file: %j', async (name) => {
    await expect(sessions.read(name, 0)).rejects.toThrow('There is no session')
    await expect(sessions.discard(name)).rejects.toThrow('There is no session')
  })

  it('are not those of a session that runs', async () => {
    const name = await leave(await recording(1), `session-${NOW}-${process.ppid}-1.part`)
    await expect(sessions.discard(name)).rejects.toThrow('There is no session')
    expect(await readdir(folder)).toEqual([`${name}.part`])
  })
})
