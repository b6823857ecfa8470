// Kills a lab while it works: the file on disk is a valid recording and lacks almost nothing.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { RecordingReader } from '../../src/shared/recording/reader'
import { dismantle } from '../support/dismantle'
import type { Seen } from './crash-child'

/** Real time that a crash may lose. */
const LOST_MS = 1_000
/** Long enough for several blocks, full ones and small ones. */
const KILLED_AFTER_MS = 1_700

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-crash-'))
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: join(folder, 'out'),
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: join(import.meta.dirname, 'crash-child.ts'),
        output: { format: 'es', entryFileNames: '[name].mjs' },
      },
    },
  })
})
afterAll(() => rm(folder, { recursive: true }))

/**
 * Lets a lab run until its reports span that much time, and kills it. Resolves with its last
 * report.
 */
async function runAndKill(recordings: string): Promise<Seen> {
  const child = fork(join(folder, 'out/crash-child.mjs'), [recordings])
  let first: Seen | undefined
  let last: Seen | undefined
  child.on('message', (seen: Seen) => {
    first ??= seen
    last = seen
    if (seen.wall - first.wall > KILLED_AFTER_MS) child.kill('SIGKILL')
  })
  await once(child, 'close')
  if (last === undefined) throw new Error('It told nothing before it ended.')
  return last
}

async function readKept(engine: Engine, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for (let at = 0; ; ) {
    const { bytes, end } = await engine.readRecording(name, at)
    parts.push(bytes)
    at += bytes.length
    if (at === end) return Buffer.concat(parts)
  }
}

it('leaves a whole recording of all but the last moment, which the next session finds', async () => {
  const recordings = join(folder, 'recordings')
  const lastSeen = await runAndKill(recordings)
  const engine = await createEngine({ proxyPort: 0, recordingsFolder: recordings })
  try {
    const sessions = await engine.listSessions()
    expect(sessions).toHaveLength(1)
    const name = sessions[0]?.name ?? ''
    const bytes = await readKept(engine, name)
    const { lastSeq } = await new RecordingReader().open(bytes)
    const { blocks, isComplete } = dismantle(bytes)
    expect(isComplete).toBe(true)
    const seqs = blocks.flatMap(({ events }) => events.map(({ seq }) => seq))
    expect(seqs).toEqual(seqs.map((_, index) => index + 1))
    expect(lastSeq).toBe(seqs.length)
    const realTimes = blocks.flatMap((block) => block.realTimes)
    const lastRealTime = realTimes.at(-1) ?? 0
    expect(lastSeen.wall - lastRealTime).toBeLessThan(LOST_MS)
    expect(seqs.length).toBeGreaterThan(500)

    await engine.discardSession(name)
    expect(await engine.listSessions()).toEqual([])
  } finally {
    await engine.close()
  }
  expect(await readdir(recordings)).toEqual(['pool.json'])
})
