// Exported configurations in the real HAProxy and nginx: are they taken, and do connections go where the lab sends messages?

import { connect } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createEngine, type Engine } from '../../src/main/engine/index'
import { TestPool, weighted } from '../../src/main/engine/pools/balance/testing'
import { freePort } from '../../src/main/programs'
import { differences } from '../../src/shared/export/export'
import { type ExportSetup, setupOfState } from '../../src/shared/export/setup'
import { CLASSIC_POOL, EMPTY_POOL, type Scenario } from '../../src/shared/scenario'
import { settled } from '../../src/shared/settings/derive'
import { POOL_SETTINGS, type PoolValues } from '../../src/shared/settings/pool'
import { SERVER_SETTINGS } from '../../src/shared/settings/server'
import { ExchangeConnection, ExportedProxy, REAL_PROGRAMS, type RealProgram } from './exported'

const cleanUps: (() => void | Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const IDS = ['100', '200', '300', '400']

type Server = Scenario['servers'][number]

function scenario(pool: Partial<PoolValues>, servers: readonly Partial<Server>[]): Scenario {
  return {
    ...EMPTY_POOL,
    latencyMs: 0,
    pools: [{ policy: '111', ...pool }],
    servers: servers.map((server, index) => ({ id: IDS[index] ?? '', policy: '111', ...server })),
  }
}

const weights = (...all: number[]) => all.map((weight) => ({ weight }))

/** A lab on real sockets, whose servers stand behind the real proxy too. */
async function lab(of: Scenario): Promise<Engine> {
  const engine = await createEngine({ proxyPort: 0, scenario: of, isRecorded: false })
  cleanUps.push(() => engine.close())
  while (engine.state.rows.size < of.servers.length) {
    await new Promise<void>((resolve) => {
      const stop = engine.subscribe(() => {
        stop()
        resolve()
      })
    })
  }
  return engine
}

async function started(program: RealProgram, setup: ExportSetup, file = 0): Promise<ExportedProxy> {
  const proxy = await ExportedProxy.start(program, setup, file)
  cleanUps.push(() => proxy.stop())
  return proxy
}

function messages(count: number, more: object = {}): object[] {
  return Array.from({ length: count }, (_, index) => {
    return { type: 0, srcid: index + 1, privPoliId: 111, payloadsize: 3, payload: 'xyz', ...more }
  })
}

/** The lab's own choices for the same messages, each on a connection of its own. */
async function inTheLab(engine: Engine, all: readonly object[]): Promise<string[]> {
  const servers: string[] = []
  for (const message of all) {
    const connection = new ExchangeConnection(connect(engine.proxy.port, engine.proxy.host))
    servers.push(await connection.ask(JSON.stringify(message)))
    await connection.close()
  }
  return servers
}

describe.each(REAL_PROGRAMS)('the first message of a connection, to %s', (program) => {
  let engine: Engine
  let proxy: ExportedProxy
  let stop: (() => void | Promise<void>)[] = []

  beforeAll(async () => {
    engine = await lab({ ...CLASSIC_POOL, latencyMs: 0 })
    proxy = await started(program, setupOfState(engine.state))
    // They serve all tests here.
    stop = cleanUps.splice(0)
    return async () => {
      for (const end of stop.reverse()) await end()
    }
  })

  const message = (fields: object) => ({
    type: 0,
    srcid: 1,
    payloadsize: 3,
    payload: 'xyz',
    ...fields,
  })

  it('goes to the servers of its policy, which take turns as in the lab', async () => {
    const all = [111, 111, 222, 111, '222', '111', 222, 222].map((privPoliId) =>
      message({ privPoliId }),
    )
    expect(await proxy.serversOf(all)).toEqual(await inTheLab(engine, all))
  })

  it('may spell its policy otherwise, and is not fooled by a payload', async () => {
    const payload = '{"privPoliId": 222,'
    const servers = await proxy.serversOf([
      { type: '0', srcid: '1', privPolyId: '222', payload: 'xyz' },
      message({ payload, privPoliId: 111 }),
    ])
    expect(servers).toEqual([expect.stringMatching(/^[24]00$/), expect.stringMatching(/^[13]00$/)])
  })

  it('may come in pieces, also cut within the number', async () => {
    const connection = proxy.connect()
    expect(
      await connection.ask('{"type":0,"srcid":1,"privPoliId":11', '1,"payload":"xyz"', '}'),
    ).toMatch(/^[13]00$/)
    await connection.close()
  })

  it('decides for the whole connection', async () => {
    const connection = proxy.connect()
    const [first, ...others] = [
      await connection.ask(JSON.stringify(message({ privPoliId: 111 }))),
      await connection.ask(JSON.stringify(message({ privPoliId: 222 }))),
      await connection.ask(JSON.stringify(message({ privPoliId: 111 }))),
    ]
    expect(others).toEqual([first, first])
    await connection.close()
    expect(differences(setupOfState(engine.state), program).join(' ')).toContain(
      'once, by its first message',
    )
  })

  it('is closed without a byte where nobody serves its policy', async () => {
    expect(await proxy.serversOf([message({ privPoliId: 999 })])).toEqual([''])
  })
})

const EXACT = [
  ['haproxy', 'round-robin', [5, 1, 2]],
  ['haproxy', 'haproxy-round-robin', [4, 3, 2, 1]],
  ['haproxy', 'haproxy-ring-hash', [3, 1, 2, 1]],
  ['nginx', 'round-robin', [5, 1, 2]],
  ['nginx', 'weighted-round-robin', [4, 3, 2, 1]],
  ['nginx', 'least-connections', [3, 2, 1]],
  ['nginx', 'hash', [3, 1, 2, 1]],
  ['nginx', 'ring-hash', [3, 1, 2, 1]],
] as const

describe.each(REAL_PROGRAMS)('one message after another, in %s', (running) => {
  it.each(EXACT.filter(([program]) => program === running))(
    '%s’s %s chooses the servers that the lab chooses',
    async (program, algorithm, all) => {
      const engine = await lab(scenario({ algorithm }, weights(...all)))
      const proxy = await started(program, setupOfState(engine.state))
      const asked = messages(40)
      const chosen = await proxy.serversOf(asked)
      expect(chosen).toEqual(await inTheLab(engine, asked))
      expect(new Set(chosen).size).toBe(all.length)
    },
  )

  it('a hash goes by the field that the pool names', async () => {
    const algorithm = running === 'nginx' ? 'hash' : 'haproxy-ring-hash'
    const engine = await lab(scenario({ algorithm, hashKey: 'payload' }, weights(1, 2, 1)))
    const proxy = await started(running, setupOfState(engine.state))
    const asked = Array.from({ length: 20 }, (_, index) => ({
      type: 0,
      srcid: 1,
      privPoliId: 111,
      payload: `grüße "${index}"`,
    }))
    expect(await proxy.serversOf(asked)).toEqual(await inTheLab(engine, asked))
  })

  /** The weights are 4, 4 and 1; nginx draws two different servers, and the second of idle ones gets the message. */
  const BY_WEIGHT = [4 / 9, 4 / 9, 1 / 9]
  const OF_TWO = [37 / 90, 37 / 90, 8 / 45]
  const SHARES = [
    ['haproxy', 'weighted-round-robin', 45, BY_WEIGHT, 1e-9],
    ['nginx', 'haproxy-round-robin', 45, BY_WEIGHT, 1e-9],
    // Chance is the real program's own: more than four standard deviations.
    ['haproxy', 'random', 300, BY_WEIGHT, 0.13],
    ['nginx', 'random', 300, BY_WEIGHT, 0.13],
    ['haproxy', 'two-choices', 300, BY_WEIGHT, 0.13],
    ['nginx', 'two-choices', 300, OF_TWO, 0.13],
  ] as const

  it.each(SHARES.filter(([program]) => program === running))(
    '%s: the shares of %s are those of the lab, or those that its differences tell',
    async (program, algorithm, count, expected, within) => {
      const engine = await lab(scenario({ algorithm }, weights(4, 4, 1)))
      const proxy = await started(program, setupOfState(engine.state))
      const real = sharesOf(await proxy.serversOf(messages(count)))
      const ours = new TestPool(algorithm, weighted({ '100': 4, '200': 4, '300': 1 }))
      const inLab = sharesOf(ours.oneByOne(1_800).match(/.00/g) ?? [])
      const isTold = differences(setupOfState(engine.state), program)
        .join()
        .includes('two different')
      for (const [index, share] of expected.entries()) {
        expect(Math.abs((real[index] ?? 0) - share), `${real}`).toBeLessThanOrEqual(within)
        if (!isTold) expect(inLab[index]).toBeCloseTo(share, 1)
      }
    },
  )
})

function sharesOf(servers: readonly string[]): number[] {
  return IDS.map((id) => servers.filter((server) => server === id).length / servers.length)
}

describe.each(REAL_PROGRAMS)('connections that stay, in %s', (program) => {
  const algorithm = program === 'nginx' ? 'least-connections' : 'haproxy-least-connections'

  it('go to the least loaded server, as messages in flight do', async () => {
    const engine = await lab(scenario({ algorithm }, weights(3, 2, 1)))
    const proxy = await started(program, setupOfState(engine.state))
    const chosen: string[] = []
    for (const message of messages(12))
      chosen.push(await proxy.connect().ask(JSON.stringify(message)))
    const ours = new TestPool(algorithm, weighted({ '100': 3, '200': 2, '300': 1 }))
    expect(chosen.join(' ')).toBe(ours.held(12).match(/.00/g)?.join(' '))
  })

  it('are closed at once where all servers are full and nobody may wait', async () => {
    const servers = [{ maxConnections: 1 }, { maxConnections: 1 }]
    const engine = await lab(scenario({}, servers))
    const proxy = await started(program, setupOfState(engine.state))
    const [first = {}, second = {}, third = {}] = messages(3)
    expect(await proxy.connect().ask(JSON.stringify(first))).toBe('100')
    expect(await proxy.connect().ask(JSON.stringify(second))).toBe('200')
    expect(await proxy.serversOf([third])).toEqual([''])
  })
})

describe.skipIf(!REAL_PROGRAMS.includes('haproxy'))('servers in haproxy', () => {
  it('that are full let a connection wait, and so many as the queue has places', async () => {
    const pool = { queue: { max: 1, timeoutMs: 60_000 } }
    const engine = await lab(scenario(pool, [{ maxConnections: 1 }]))
    const proxy = await started('haproxy', setupOfState(engine.state))
    const [first = {}, second = {}, third = {}] = messages(3).map((message) =>
      JSON.stringify(message),
    )
    const held = proxy.connect()
    expect(await held.ask(String(first))).toBe('100')
    // One of them waits, and the other one finds the queue full.
    const two = [second, third].map((message) => proxy.connect().ask(String(message)))
    expect(await Promise.race(two)).toBe('')
    await held.close()
    expect((await Promise.all(two)).toSorted()).toEqual(['', '100'])
  })

  it('are refused above the circuit breaker’s limit', async () => {
    const limits = { maxInFlight: 2, maxWaiting: 5, maxRetries: 3 }
    const engine = await lab(scenario({ limits }, [{}, {}]))
    const proxy = await started('haproxy', setupOfState(engine.state))
    const answered: string[] = []
    for (const message of messages(3))
      answered.push(await proxy.connect().ask(JSON.stringify(message)))
    expect(answered).toEqual(['100', '200', ''])
  })

  it('are found by a check that is a message, where an answer is wrong', async () => {
    const checks = settled(POOL_SETTINGS.checks.settings, {
      way: 'message',
      intervalMs: 50,
      fall: 1,
    })
    const behaviour = settled(SERVER_SETTINGS.behaviour.settings, { kind: 'wrong-hash' })
    const engine = await lab(scenario({ checks }, [{}, { behaviour }]))
    const proxy = await started('haproxy', setupOfState(engine.state))
    const servers = async () => [...new Set(await proxy.serversOf(messages(4)))]
    await expect.poll(servers).toEqual(['100'])
  })
})

describe.each(REAL_PROGRAMS)('a server that is stopped, in %s', (program) => {
  it('costs nobody an answer: another one is tried', async () => {
    // On a port that no other lab takes as soon as it is free.
    const engine = await lab(scenario({}, [{}, { port: await freePort() }, {}]))
    const proxy = await started(program, setupOfState(engine.state))
    await engine.execute({ type: 'updateServer', node: 'server:200', stopped: true })
    const chosen = await proxy.serversOf(messages(9))
    expect(new Set(chosen)).toEqual(new Set(['100', '300']))
  })
})

describe.skipIf(!REAL_PROGRAMS.includes('nginx'))('nginx with a port for each policy', () => {
  it('takes turns on each port, and looks into no message', async () => {
    const engine = await lab({ ...CLASSIC_POOL, latencyMs: 0 })
    const proxy = await started('nginx', setupOfState(engine.state), 2)
    const [of111 = 0, of222 = 0] = proxy.policyPorts
    expect(await proxy.serversOf(messages(4), of111)).toEqual(['100', '300', '100', '300'])
    const mixed = await proxy.serversOf(messages(4), of222)
    expect(new Set(mixed)).toEqual(new Set(['200', '400']))
  })
})
