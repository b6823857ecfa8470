import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dismantle } from '../../../../../tests/support/dismantle'
import { MAX_RECOVERED } from '../../../../shared/limits'
import { encodeBlock, encodeHead } from '../../../../shared/recording/writer'
import { INITIAL_STATE } from '../../../../shared/state/reduce'
import { RecoveredSessions } from './recovered'

/** No system gives out process ids as high. */
const NOBODY = 2_147_483_646
const NOW = Math.round(Date.now())

let folder: string
let sessions: RecoveredSessions

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-recovered-'))
  sessions = new RecoveredSessions(folder)
})
afterEach(() => rm(folder, { recursive: true }))

async function recording(events: number): Promise<Uint8Array> {
  const parts = [encodeHead({ startedAt: NOW, app: 'test' })]
  for (let seq = 1; seq <= events; seq++) {
    const event = { seq, at: seq, type: 'links.changed', latencyMs: seq } as const
    const block = { events: [event], realTimes: [NOW + seq], before: INITIAL_STATE }
    parts.push(await encodeBlock(block, async (bytes) => deflateRawSync(bytes)))
  }
  return Buffer.concat(parts)
}

async function leave(bytes: Uint8Array, name = `session-${NOW}-${NOBODY}-1.part`): Promise<string> {
  await writeFile(join(folder, name), bytes)
  return name
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

describe('sessions that were left behind', () => {
  it('are listed with the newest first', async () => {
    const names = [
      await leave(await recording(1), `session-${NOW}-${NOBODY}-1.part`),
      await leave(await recording(2), `session-${NOW}-${NOBODY}-2.part`),
    ]
    await utimes(join(folder, names[0] ?? ''), 2_000, 2_000)
    await utimes(join(folder, names[1] ?? ''), 3_000, 3_000)
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

  it('are deleted, the oldest first, where there are very many', async () => {
    const bytes = await recording(1)
    const names: string[] = []
    for (let number = 1; number <= MAX_RECOVERED + 2; number++) {
      const name = await leave(bytes, `session-${NOW}-${NOBODY}-${number}.part`)
      await utimes(join(folder, name), number, number)
      names.push(name)
    }
    const listed = await sessions.list()
    expect(listed.map(({ name }) => name)).toEqual(names.slice(2).toReversed())
    expect((await readdir(folder)).length).toBe(MAX_RECOVERED)
  })

  it('are no other files, and none where there is no folder', async () => {
    await leave(await recording(1), 'notes.txt')
    await leave(await recording(1), `session-${NOW}-${NOBODY}-1.part.old`)
    await leave(new Uint8Array(0))
    await mkdir(join(folder, `session-${NOW}-${NOBODY}-7.part`))
    expect(await sessions.list()).toEqual([])
    expect(await new RecoveredSessions(join(folder, 'missing')).list()).toEqual([])
    expect(await new RecoveredSessions(undefined).list()).toEqual([])
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
    await sessions.discard(name)
    expect(await readdir(folder)).toEqual([])
    await expect(sessions.discard(name)).rejects.toThrow('There is no recovered recording')
    await expect(sessions.read(name, 0)).rejects.toThrow('There is no recovered recording')
  })

  it.each([
    '../outside.part',
    `../session-1-${NOBODY}-1.part`,
    `sub/session-1-${NOBODY}-1.part`,
    '',
    'session',
    'session-1-2.part',
  ])('are never another file: %j', async (name) => {
    await expect(sessions.read(name, 0)).rejects.toThrow('There is no recovered recording')
    await expect(sessions.discard(name)).rejects.toThrow('There is no recovered recording')
  })

  it('are not those of a session that runs', async () => {
    const name = await leave(await recording(1), `session-${NOW}-${process.ppid}-1.part`)
    await expect(sessions.discard(name)).rejects.toThrow('There is no recovered recording')
    expect(await readdir(folder)).toEqual([name])
  })
})
