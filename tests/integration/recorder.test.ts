// The running session's recording, with a whole engine on real sockets.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine, type Engine, type EngineOptions } from '../../src/main/engine/index'
import { isSending } from '../../src/shared/carried'
import type { LabEvent } from '../../src/shared/events'
import { RecordingReader } from '../../src/shared/recording/reader'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { reduce } from '../../src/shared/state/reduce'
import { dismantle } from '../support/dismantle'
import { plain } from '../support/stories'
import { collect, until } from './lab'

const engines: Engine[] = []
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-session-'))
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
  await rm(folder, { recursive: true })
})

async function start(options: EngineOptions = {}): Promise<Engine> {
  const engine = await createEngine({ proxyPort: 0, latencyMs: 0, version: '9.8.7', ...options })
  engines.push(engine)
  return engine
}

/** Every client sends this many messages and is answered. */
async function exchange(engine: Engine, times: number): Promise<void> {
  const finished = collect(engine, 'exchange.finished')
  for (let time = 0; time < times; time++) await engine.execute({ type: 'sendAll' })
  const wanted = times * CLASSIC_POOL.clients.length
  await until(engine, () => finished.length >= wanted)
}

async function recorded(engine: Engine) {
  const { bytes, from, end } = await engine.readRecording('session', 0)
  expect([from, bytes.length]).toEqual([0, end])
  const { head, blocks } = dismantle(bytes)
  return { head, blocks, events: blocks.flatMap((block) => block.events) }
}

/** Sockets deliver bytes as Node's Buffer. */
function withPlainBytes(event: LabEvent): object {
  return isSending(event) ? { ...event, bytes: Uint8Array.from(event.bytes) } : event
}

it('has every event from the first on, and amounts to the same state', async () => {
  const engine = await start()
  const heard: LabEvent[] = []
  engine.subscribe((event) => heard.push(event))
  await exchange(engine, 25)
  const { state } = engine
  const { head, blocks, events: all } = await recorded(engine)
  // Connections may close while it is read.
  const events = all.filter(({ seq }) => seq <= state.seq)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events[0]?.type).toBe('proxy.listening')
  const known = heard.filter(({ seq }) => seq <= state.seq)
  expect(events.slice(-known.length).map(withPlainBytes)).toEqual(known.map(withPlainBytes))
  const beginning = blocks[0]?.before
  if (beginning === undefined) throw new Error('The recording does not begin with a state.')
  const replayed = reduce(beginning, events)
  expect(plain({ ...replayed, packets: state.packets, packetBytes: 0 })).toEqual(
    plain({ ...state, packetBytes: 0 }),
  )
  expect(head.app).toBe('9.8.7')
})

it('is read as it grows, and any moment of it is what it was', async () => {
  const engine = await start({ scenario: CLASSIC_POOL })
  const reader = new RecordingReader()
  let at = 0
  for (let turn = 0; turn < 8; turn++) {
    await exchange(engine, 20)
    const { state } = engine
    const { bytes, from } = await engine.readRecording('session', at)
    expect(from).toBe(at)
    at += bytes.length
    const { lastSeq } = await reader.append(bytes)
    expect(lastSeq).toBeGreaterThanOrEqual(state.seq)
    const sought = await reader.seek({ seq: state.seq })
    expect(sought.totals).toEqual(state.totals)
    expect([...sought.connections]).toEqual([...state.connections])
    expect([...sought.rows]).toEqual([...state.rows])
  }
})

it('has real times that lie between those before and after', async () => {
  const before = performance.timeOrigin + performance.now()
  const engine = await start()
  await exchange(engine, 3)
  const { head, blocks } = await recorded(engine)
  const after = performance.timeOrigin + performance.now()
  const realTimes = blocks.flatMap((block) => block.realTimes)
  expect(head.startedAt).toBeGreaterThanOrEqual(before - 0.001)
  expect(realTimes.toSorted((one, other) => one - other)).toEqual(realTimes)
  expect(realTimes[0]).toBeGreaterThanOrEqual(head.startedAt - 0.001)
  expect(realTimes.at(-1)).toBeLessThanOrEqual(after + 0.001)
})

it('goes on over a reset', async () => {
  const engine = await start()
  await exchange(engine, 2)
  await engine.execute({ type: 'reset' })
  await until(engine, () => engine.state.rows.size === CLASSIC_POOL.servers.length)
  await exchange(engine, 2)
  const { events } = await recorded(engine)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events.filter(({ type }) => type === 'scenario.reset')).toHaveLength(1)
})

it('is kept on disk when the session ends, of two at once too', async () => {
  const [one, two] = [
    await start({ recordingsFolder: folder }),
    await start({ recordingsFolder: folder }),
  ]
  await Promise.all([exchange(one, 60), exchange(two, 60)])
  for (const engine of [one, two]) await engine.readRecording('session', 0)
  expect(await one.listSessions()).toEqual([])
  await one.close()
  const messages = 60 * CLASSIC_POOL.clients.length
  expect(await two.listSessions()).toMatchObject([
    { messages, scenario: 'Classic pool', crashed: false },
  ])
  await two.close()
  const [latest, first] = await two.listSessions()
  // By their ends: both may have begun in the same millisecond.
  expect(latest?.endedAt).toBeGreaterThanOrEqual(first?.endedAt ?? 0)
  expect(await two.listSessions()).toHaveLength(2)
})

it('warns once where the folder cannot be written, and the lab goes on', async () => {
  const file = join(folder, 'no-folder')
  await writeFile(file, '')
  const warnings: string[] = []
  const recordingsFolder = join(file, 'recordings')
  const engine = await start({ recordingsFolder, warn: (text) => warnings.push(text) })
  await exchange(engine, 60)
  const { events } = await recorded(engine)
  expect(events.at(-1)?.seq).toBe(engine.state.seq)
  // The pool's file is warned of separately.
  const ofSession = warnings.filter((text) => text.startsWith('This session'))
  expect(ofSession).toEqual([expect.stringContaining('cannot be kept on disk')])
  expect(await engine.listSessions()).toEqual([])
})

it('reports with a sentence what cannot be read', async () => {
  const engine = await start({ recordingsFolder: folder })
  await expect(engine.readRecording('session', 1e9)).rejects.toThrow('it has none from')
  await expect(engine.readRecording('../secret', 0)).rejects.toThrow('There is no session')
  await expect(engine.discardSession('../secret')).rejects.toThrow('There is no session')
})
