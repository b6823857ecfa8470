// Sessions on real files: closed, kept, followed by another, and a start with the pool as it was left.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createEngine, type Engine, type EngineOptions } from '../../src/main/engine/index'
import type { LabEvent } from '../../src/shared/events'
import { FrameReader } from '../../src/shared/feed/frame'
import { MAX_KEPT_SESSIONS } from '../../src/shared/limits'
import { CLASSIC_POOL } from '../../src/shared/scenario'
import { scenarioOf } from '../../src/shared/scenario-file'
import type { State } from '../../src/shared/state/state'
import { dismantle } from '../support/dismantle'
import { collect, until } from './lab'

const engines: Engine[] = []
let folder: string
let told: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roundabout-sessions-'))
  told = []
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
  await rm(folder, { recursive: true })
})

async function start(options: EngineOptions = {}): Promise<Engine> {
  const engine = await createEngine({ proxyPort: 0, recordingsFolder: folder, ...options })
  engine.openScreen('operator', (sentence) => told.push(sentence))
  engines.push(engine)
  return engine
}

async function close(engine: Engine): Promise<void> {
  engines.splice(engines.indexOf(engine), 1)
  await engine.close()
}

async function exchange(engine: Engine): Promise<void> {
  await engine.execute({ type: 'updateLinks', latencyMs: 0 })
  const finished = collect(engine, 'exchange.finished')
  await engine.execute({ type: 'sendAll' })
  await until(engine, () => finished.length >= CLASSIC_POOL.clients.length)
}

async function eventsIn(engine: Engine, name: string): Promise<LabEvent[]> {
  const { bytes } = await engine.readRecording(name, 0)
  return dismantle(bytes).blocks.flatMap(({ events }) => events)
}

const serversIn = ({ nodes }: State) =>
  [...nodes.values()].flatMap(({ role, protocolId }) => (role === 'server' ? [protocolId] : []))

it('begins with the pool as it was left, and is reset to the scenario that it came from', async () => {
  const first = await start()
  await first.execute({ type: 'addServer', id: '77', policy: '333', label: 'ours' })
  await first.execute({ type: 'removeNode', node: 'server:100' })
  await first.execute({ type: 'updateClient', node: 'client:2', payload: 'changed' })
  await first.execute({ type: 'updatePool', policy: '222', algorithm: 'random' })
  await first.execute({ type: 'updateLinks', latencyMs: 123 })
  await first.execute({ type: 'setBreakpoint', filter: 'type:0 client:3' })
  await first.execute({ type: 'setSpeed', speed: 2 })
  const left = scenarioOf(first.state)
  await close(first)

  const second = await start()
  // Policies keep their order, and so their colours: 111 first, although its first server is gone.
  const servers = left.contents.servers.toSorted((a, b) => Number(a.policy) - Number(b.policy))
  expect(scenarioOf(second.state)).toEqual({ ...left, contents: { ...left.contents, servers } })
  expect(second.state.scenario).toBe(CLASSIC_POOL.name)
  expect(second.state.clock.paused).toBe(false)
  await second.execute({ type: 'reset' })
  expect(serversIn(second.state)).toEqual(CLASSIC_POOL.servers.map(({ id }) => id))
  expect(told).toEqual([])
})

it('begins with the latency of the command line, and afresh where that is asked for', async () => {
  const first = await start()
  await first.execute({ type: 'updateLinks', latencyMs: 123 })
  await first.execute({ type: 'addServer', id: '77' })
  await close(first)
  const second = await start({ latencyMs: 50 })
  expect(second.state.latencyMs).toBe(50)
  expect(serversIn(second.state)).toContain('77')
  await close(second)
  const third = await start({ scenario: CLASSIC_POOL })
  expect(serversIn(third.state)).not.toContain('77')
})

it('has the pool on disk soon after a change, so that a crash does not lose it', async () => {
  const engine = await start()
  const text = () => readFile(join(folder, 'pool.json'), 'utf8').catch(() => '')
  await engine.execute({ type: 'addServer', id: '77' })
  await expect.poll(text).toContain('"77"')
})

it.each([
  ['{"format":"roundabout-pool","scen', 'it is not JSON'],
  ['[1]', 'it is something else'],
  ['{"format":"roundabout-pool","scenario":{},"asItIs":{}}', 'It is no scenario of Roundabout'],
])(
  'begins with the classic pool after a damaged file, keeps that and says so: %s',
  async (text, words) => {
    await writeFile(join(folder, 'pool.json'), text)
    const engine = await start()
    expect(serversIn(engine.state)).toEqual(CLASSIC_POOL.servers.map(({ id }) => id))
    expect(told).toEqual([expect.stringContaining(words)])
    expect(told[0]).toContain('The lab begins with the classic pool.')
    expect(await readFile(join(folder, 'pool.json.damaged'), 'utf8')).toBe(text)
  },
)

it('keeps a session that was closed, unless nothing had happened in it', async () => {
  await close(await start())
  expect(await readdir(folder)).toEqual(['pool.json'])

  const worked = await start()
  await exchange(worked)
  const { state } = worked
  await close(worked)
  const next = await start()
  const [session] = await next.listSessions()
  expect(session).toMatchObject({ messages: 6, scenario: 'Classic pool', crashed: false })
  const events = await eventsIn(next, session?.name ?? '')
  expect(events.length).toBeGreaterThanOrEqual(state.seq)
  // The closing itself is not part of it: its end shows the lab as it was left.
  expect(events.filter(({ type }) => type === 'node.removed')).toEqual([])

  await next.execute({ type: 'removeNode', node: 'client:1' })
  await close(next)
  expect(await worked.listSessions()).toHaveLength(2)
  await worked.discardSession(session?.name ?? '')
  expect(await worked.listSessions()).toHaveLength(1)
})

it('keeps the last ten, also of apps that run at the same time', async () => {
  const other = await start()
  const engine = await start()
  for (let turn = 0; turn < MAX_KEPT_SESSIONS + 2; turn++) {
    await engine.execute({ type: 'sendAll' })
    expect(await engine.execute({ type: 'newSession', pool: 'asItIs' })).toEqual({ ok: true })
  }
  await other.execute({ type: 'sendAll' })
  await close(other)
  const parts = (await readdir(folder)).filter((name) => name.endsWith('.part'))
  // Those that are kept, and the one that runs: nobody has listed them yet.
  expect(parts.length).toBeLessThanOrEqual(MAX_KEPT_SESSIONS + 1)
  const sessions = await engine.listSessions()
  expect(sessions).toHaveLength(MAX_KEPT_SESSIONS)
  const began = sessions.map(({ startedAt }) => startedAt)
  expect(new Set(began).size).toBe(MAX_KEPT_SESSIONS)
})

it('begins a new session at 0, on the same port, and every screen follows', async () => {
  const engine = await start()
  const { port } = engine.proxy
  const seen = new Map<string, string[]>()
  for (const role of ['operator', 'viewer'] as const) {
    const frames = new FrameReader()
    const sessions: string[] = []
    seen.set(role, sessions)
    const feed = engine.openScreen(role).openFeed((bytes) => {
      const frame = frames.read(bytes)
      if (frame.kind === 'snapshot') sessions.push(frame.session)
      feed.acknowledge(frame.number)
    })
  }
  for (const sessions of seen.values()) await expect.poll(() => sessions.length).toBe(1)
  await exchange(engine)
  await engine.execute({ type: 'addServer', id: '77', policy: '111' })
  const heard: LabEvent[] = []
  engine.subscribe((event) => heard.push(event))
  expect(await engine.execute({ type: 'newSession', pool: 'asItIs' })).toEqual({ ok: true })

  expect(heard.find(({ seq }) => seq === 1)?.type).toBe('proxy.listening')
  expect(engine.proxy.port).toBe(port)
  expect(serversIn(engine.state)).toContain('77')
  expect(engine.state.totals.exchanges.begun).toBe(0)
  const registrations = () => engine.state.packets.end
  await until(engine, () => engine.state.rows.size === CLASSIC_POOL.servers.length + 1)
  expect(registrations()).toBe(CLASSIC_POOL.servers.length + 1)
  await exchange(engine)
  expect(engine.state.totals.exchanges.answered).toBe(CLASSIC_POOL.clients.length)
  for (const sessions of seen.values()) {
    await expect.poll(() => new Set(sessions).size).toBe(2)
  }
  const { bytes } = await engine.readRecording('session', 0)
  const [begun] = dismantle(bytes).blocks.flatMap(({ events }) => events)
  expect(begun).toMatchObject({ seq: 1, type: 'proxy.listening' })
  expect(await engine.listSessions()).toMatchObject([{ messages: 6 }])

  expect(await engine.execute({ type: 'newSession', pool: 'asOpened' })).toEqual({ ok: true })
  expect(serversIn(engine.state)).toEqual(CLASSIC_POOL.servers.map(({ id }) => id))
})

it('is not for viewers, nor for a window that looks back', async () => {
  const engine = await start()
  const command = { type: 'newSession', pool: 'asItIs' }
  const viewer = engine.openScreen('viewer')
  expect(await viewer.execute(command)).toMatchObject({ ok: false })
  const operator = engine.openScreen('operator')
  await operator.execute({ type: 'lookBack', pausesLab: true })
  expect(await operator.execute(command)).toMatchObject({ ok: false })
  // Another window may: the new session's time runs, though the old one was paused for the first.
  expect(await engine.execute(command)).toEqual({ ok: true })
  expect(engine.state.clock.paused).toBe(false)
})

it('says once that nothing can be kept on disk, and stops nothing', async () => {
  const file = join(folder, 'no-folder')
  await writeFile(file, '')
  const engine = await start({ recordingsFolder: join(file, 'recordings') })
  await exchange(engine)
  await expect.poll(() => told.length).toBeGreaterThan(0)
  expect(await engine.execute({ type: 'newSession', pool: 'asItIs' })).toEqual({ ok: true })
  await exchange(engine)
  await close(engine)
  expect(
    told.filter((sentence) => sentence.includes('cannot be kept on disk')).length,
  ).toBeLessThan(3)
})
