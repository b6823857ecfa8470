// Every example opens as a scenario file. One that is about an algorithm plays: each of its clients gets a correct answer
// each time, by this algorithm.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { AlgorithmName } from '../../src/shared/decision/reason'
import { choosesAnew, POOL_SETTINGS } from '../../src/shared/settings/pool'
import { NAMES, opened, type Played, play, ROUNDS, scenarioIn } from '../support/examples'

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

/** The examples of algorithms. Each of the others shows a feature for servers that fail or are full, traffic, or a fault of a link. */
const OF_ALGORITHMS = NAMES.filter((name) => {
  const { pools = [], servers, clients } = scenarioIn(name)
  if (clients.some(({ traffic }) => traffic !== undefined)) return false
  const isResilient = pools.some((pool) =>
    Object.keys(pool).some((key) => key !== 'policy' && !choosesAnew({}, { [key]: 1 })),
  )
  return (
    !isResilient &&
    !servers.some(({ maxConnections, backup, drain }) => maxConnections || backup || drain) &&
    !servers.some(({ behaviour }) => behaviour)
  )
})

it('each of the others is played by its name', () => {
  const files = [
    'health-examples',
    'load-examples',
    'behaviours',
    'traffic-example',
    'faults',
    'lessons',
    'work',
    'compare-example',
  ]
  const played = files.flatMap((file) => {
    const text = readFileSync(new URL(`${file}.test.ts`, import.meta.url), 'utf8')
    return [...text.matchAll(/(?:opened|scenarioIn)\('([^']+)'/g)].map(([, name]) => name)
  })
  expect(new Set(played)).toEqual(new Set(NAMES.filter((name) => !OF_ALGORITHMS.includes(name))))
})

it('there is an example for each feature, and for each setting of a server', () => {
  const shown = new Set(
    NAMES.flatMap((name) => {
      const { pools = [], servers } = scenarioIn(name)
      return [...pools, ...servers].flatMap((one) => Object.keys(one))
    }),
  )
  const features = Object.entries(POOL_SETTINGS).filter(([, { kind }]) => kind === 'feature')
  const names = [...features.map(([name]) => name), 'panicPercent', 'backups']
  for (const name of [...names, 'weight', 'maxConnections', 'backup', 'drain']) {
    expect([...shown]).toContain(name)
  }
})

it.each(OF_ALGORITHMS)('%s plays', async (name) => {
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
