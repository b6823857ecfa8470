// Every example opens as a scenario file and plays: each of its clients gets a correct answer each time, by the algorithm
// that the example is about.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AlgorithmName } from '../../src/shared/decision/reason'
import type { ProtocolId } from '../../src/shared/ids'
import type { Scenario } from '../../src/shared/scenario'
import { checkScenario } from '../../src/shared/scenario-file'
import { POOL_SETTINGS } from '../../src/shared/settings/pool'
import { createTestLab, type TestLab } from '../support/test-lab'

const FOLDER = join(import.meta.dirname, '../../examples')
const ENDING = '.roundabout-scenario'
const ROUNDS = 7

const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(ENDING))
  .map((name) => name.slice(0, -ENDING.length))

function scenarioIn(name: string): Scenario {
  const checked = checkScenario(JSON.parse(readFileSync(join(FOLDER, name + ENDING), 'utf8')), name)
  if (!checked.ok) throw new Error(checked.error)
  expect(checked.notice).toBeUndefined()
  return checked.scenario
}

/** The server of each message, by client. */
type Played = Map<ProtocolId, ProtocolId[]>

async function play(lab: TestLab, rounds = ROUNDS): Promise<Played> {
  const before = lab.events.length
  const sources = new Map<number, ProtocolId>()
  for (let round = 0; round < rounds; round++) {
    await lab.engine.execute({ type: 'sendAll' })
    lab.rest()
  }
  const played: Played = new Map()
  for (const event of lab.events.slice(before)) {
    if (event.type === 'packet.sent' && event.from.startsWith('client:')) {
      sources.set(event.exchange, event.from.slice('client:'.length))
    }
    if (event.type !== 'decision.made' || event.server === null) continue
    const client = sources.get(event.exchange) ?? ''
    played.set(client, [...(played.get(client) ?? []), event.server])
  }
  return played
}

async function opened(name: string): Promise<{ scenario: Scenario; lab: TestLab }> {
  const scenario = scenarioIn(name)
  const lab = await createTestLab({ scenario: { ...scenario, breakpoints: [] } })
  lab.rest()
  return { scenario, lab }
}

function countsOf(played: Played): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const server of [...played.values()].flat()) counts[server] = (counts[server] ?? 0) + 1
  return counts
}

it('there is an example for each algorithm', () => {
  const shown = NAMES.flatMap((name) => {
    const { pools = [] } = scenarioIn(name)
    return pools.length === 0 ? ['round-robin'] : pools.map(({ algorithm }) => algorithm)
  })
  for (const { value } of POOL_SETTINGS.algorithm.options) expect(shown).toContain(value)
})

it.each(NAMES)('%s plays', async (name) => {
  const { scenario, lab } = await opened(name)
  await play(lab)
  const served = new Set(scenario.servers.map(({ policy }) => policy))
  const clients = scenario.clients.filter(({ policy }) => served.has(policy)).length
  const { totals } = lab.engine.state
  expect(totals.verdicts).toMatchObject({ correct: ROUNDS * clients, wrong: 0 })
  for (const { policy, algorithm } of scenario.pools ?? []) {
    const [decision] = lab.events.filter(
      (event) => event.type === 'decision.made' && event.policy === policy,
    )
    expect(decision).toMatchObject({ algorithm, reason: { by: algorithm } })
  }
})

describe('an example shows what its name says', () => {
  it.each(['weighted-turns-of-nginx', 'weighted-turns-of-haproxy'])('%s', async (name) => {
    const { lab } = await opened(name)
    expect(countsOf(await play(lab))).toEqual({ 100: 35, 300: 7, 500: 7 })
  })

  it.each([
    'the-same-server-for-each-client',
    'few-keys-move-on-the-ring',
    'the-nearer-point-on-the-ring',
    'even-slots-for-payloads',
  ])('%s', async (name) => {
    const { lab } = await opened(name)
    const before = await play(lab)
    for (const servers of before.values()) expect(new Set(servers).size).toBe(1)
    expect(new Set([...before.values()].flat()).size).toBeGreaterThan(1)
    const [gone = ''] = before.get('1') ?? []
    await lab.engine.execute({ type: 'removeNode', node: `server:${gone}` })
    const after = await play(lab, 1)
    const moved = [...after].filter(([client, [server]]) => server !== before.get(client)?.[0])
    const own = [...before].filter(([, [server]]) => server === gone)
    if (name === 'the-same-server-for-each-client') expect(moved.length).toBeGreaterThan(own.length)
    else if (name !== 'even-slots-for-payloads') {
      expect(moved.map(([client]) => client).sort()).toEqual(own.map(([client]) => client).sort())
    }
  })

  it('two-choices-beside-random', async () => {
    const { lab } = await opened('two-choices-beside-random')
    const most: Record<string, number> = {}
    for (const node of lab.engine.state.nodes.values()) {
      if (node.role !== 'client') continue
      await lab.engine.execute({ type: 'sendMessage', client: node.id, count: 10 })
    }
    lab.rest()
    const counts: Record<string, number> = {}
    for (const event of lab.events) {
      if (event.type !== 'decision.made' || event.server === null) continue
      const { policy, server } = event
      counts[server] = (counts[server] ?? 0) + 1
      most[policy] = Math.max(most[policy] ?? 0, counts[server])
    }
    expect(most['111']).toBeLessThan(most['222'] ?? 0)
  })
})

describe('what a scenario says of balancing', () => {
  it('can be changed by commands', async () => {
    const { lab } = await opened('weighted-turns-of-nginx')
    const { engine } = lab
    const update = async (algorithm: AlgorithmName) =>
      expect(await engine.execute({ type: 'updatePool', policy: '111', algorithm })).toMatchObject({
        ok: true,
      })
    for (const { value } of POOL_SETTINGS.algorithm.options) {
      await update(value)
      await play(lab, 1)
      const last = lab.events.findLast((event) => event.type === 'decision.made')
      expect(last).toMatchObject({ algorithm: value, reason: { by: value } })
    }
  })

  it('has weights that change while messages are in flight', async () => {
    const { lab } = await opened('weighted-turns-of-nginx')
    await lab.engine.execute({ type: 'sendAll' })
    await lab.engine.execute({ type: 'updateServer', node: 'server:100', weight: 1 })
    lab.rest()
    expect(countsOf(await play(lab, 3))).toEqual({ 100: 7, 300: 7, 500: 7 })
    await lab.engine.execute({ type: 'undo' })
    expect(lab.engine.state.nodes.get('server:100')?.weight).toBe(5)
    expect(countsOf(await play(lab, 1))).toEqual({ 100: 5, 300: 1, 500: 1 })
  })

  it('hashes the field that the pool names', async () => {
    const { lab } = await opened('the-same-server-for-each-client')
    const { engine } = lab
    await engine.execute({ type: 'updatePool', policy: '111', hashKey: 'type' })
    const servers = [...(await play(lab, 1)).values()].flat()
    expect(new Set(servers).size).toBe(1)
    expect(lab.events.findLast((event) => event.type === 'decision.made')).toMatchObject({
      reason: { by: 'hash', key: '0' },
    })
  })
})
