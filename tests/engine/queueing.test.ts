// Limits, queues, retries and circuit breakers in the whole engine, on simulated time.
import { describe, expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { RecordingReader } from '../../src/shared/recording/reader'
import type { Scenario } from '../../src/shared/scenario'
import { reduce } from '../../src/shared/state/reduce'
import { recordingOf } from '../support/recorded-stories'
import { createTestLab, type TestLab } from '../support/test-lab'

type Pool = Omit<NonNullable<Scenario['pools']>[number], 'policy'>
type Server = Omit<Scenario['servers'][number], 'id' | 'policy'>

/** Servers a, b, … of policy 111, and clients that each ask for it. A message is with its server for twice the latency. */
async function labWith(
  pool: Pool,
  servers: Readonly<Record<string, Server>>,
  clients = 5,
  chance?: number,
): Promise<TestLab> {
  const lab = await createTestLab({
    // With this one, the servers register in their order.
    seed: 3,
    latencyMs: 100,
    scenario: {
      name: 'Test',
      ...(chance !== undefined && { seed: chance }),
      pools: [{ policy: '111', ...pool }],
      servers: Object.entries(servers).map(([id, server]) => ({ id, policy: '111', ...server })),
      clients: Array.from({ length: clients }, (_, index) => ({
        id: String(index + 1),
        policy: '111',
        payload: 'xyz',
      })),
    },
  })
  lab.rest()
  expect([...lab.engine.state.rows.keys()]).toEqual(Object.keys(servers))
  return lab
}

function eventsOf<T extends LabEvent['type']>(lab: TestLab, type: T) {
  return lab.events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type)
}

/** The servers in the order of the decisions, `-` where none could be chosen. */
function chosen(lab: TestLab): string {
  return eventsOf(lab, 'decision.made')
    .map(({ server }) => server ?? '-')
    .join(' ')
}

const outcomes = (lab: TestLab) => {
  const { answered, refused, lost } = lab.engine.state.totals.exchanges
  return { answered, refused, lost }
}

describe('a limit for each server', () => {
  it('lets messages wait as HAProxy does: a=2, b=1, five clients', async () => {
    const queue = { max: 1024, timeoutMs: 300 }
    const lab = await labWith({ queue }, { a: { maxConnections: 2 }, b: { maxConnections: 1 } })
    // The messages reach the proxy after 100, 125, … 200 ms. Only b answers in time: a's answers stop halfway.
    await lab.engine.execute({ type: 'setBreakpoint', filter: 'from:a to:proxy' })
    await lab.engine.execute({ type: 'sendAll' })
    const start = lab.clock.now()
    lab.pass(210)
    expect(chosen(lab)).toBe('a b a')
    expect([...lab.engine.state.waiting]).toEqual([
      ['111', [expect.any(Number), expect.any(Number)]],
    ])
    lab.pass(1_000)
    expect(chosen(lab)).toBe('a b a b -')
    const [fourth, fifth] = eventsOf(lab, 'decision.made').slice(3)
    expect([fourth?.at, fourth?.waitedMs]).toEqual([start + 325, 150])
    expect([fifth?.at, fifth?.waitedMs]).toEqual([start + 500, 300])
    expect(
      eventsOf(lab, 'exchange.finished').find(({ outcome }) => outcome === 'refused'),
    ).toMatchObject({ reason: 'QUEUE_TIMEOUT', at: start + 600 })
    expect(lab.engine.state.waiting.size).toBe(0)
    for (const id of lab.engine.state.breakpoints.keys()) {
      await lab.engine.execute({ type: 'removeBreakpoint', id })
    }
    await lab.engine.execute({ type: 'releaseAll' })
    lab.rest()
    expect(outcomes(lab)).toEqual({ answered: 4, refused: 1, lost: 0 })
  })

  it('brings the backups in as nginx does: max_conns 2, six clients', async () => {
    const lab = await labWith({}, { a: { maxConnections: 2 }, b: { backup: true } }, 6)
    await lab.engine.execute({ type: 'sendAll' })
    lab.rest()
    expect(chosen(lab)).toBe('a a b b b b')
    expect(outcomes(lab)).toEqual({ answered: 6, refused: 0, lost: 0 })
  })

  it('refuses at once without a queue, as nginx does', async () => {
    const lab = await labWith({}, { a: { maxConnections: 2 } }, 3)
    await lab.engine.execute({ type: 'sendAll' })
    lab.rest()
    expect(chosen(lab)).toBe('a a -')
    expect(outcomes(lab)).toEqual({ answered: 2, refused: 1, lost: 0 })
  })

  it('goes to a free server past one that has tried it, also where the queue is full', async () => {
    const retries = {
      ...({ max: 3, to: 'other', on: 'failed', idempotent: true } as const),
      backoffMs: 25,
      budgetPercent: 0,
    }
    const queue = { max: 1, timeoutMs: 600_000 }
    const health = { maxFails: 1, failTimeoutMs: 10_000, answers: false }
    const lab = await labWith({ health, retries, queue }, { a: {}, b: { maxConnections: 1 } }, 3)
    for (const server of ['a', 'b']) {
      await lab.engine.execute({ type: 'setBreakpoint', filter: `from:${server} to:proxy` })
    }
    const send = async (client: string) => {
      await lab.engine.execute({ type: 'sendMessage', client: `client:${client}` })
      lab.pass(500)
    }
    await send('1')
    await send('2')
    const ofA = [...lab.engine.state.inFlight.values()].find(({ from }) => from === 'server:a')
    await lab.engine.execute({ type: 'drop', packet: ofA?.id ?? 0 })
    lab.pass(30_000)
    expect(lab.engine.state.waiting.get('111')).toHaveLength(1)
    await send('3')
    expect(chosen(lab)).toBe('a b a')
    expect(lab.engine.state.waiting.get('111')).toHaveLength(1)
  })

  it('stands still while the lab is paused, and a step goes on with it', async () => {
    const queue = { max: 1024, timeoutMs: 1_000 }
    const lab = await labWith({ queue }, { a: { maxConnections: 1 } }, 2)
    await lab.engine.execute({ type: 'setBreakpoint', filter: 'to:a' })
    await lab.engine.execute({ type: 'sendAll' })
    lab.pass(160)
    await lab.engine.execute({ type: 'pause' })
    const waiting = lab.engine.state.waiting
    expect(waiting.get('111')).toHaveLength(1)
    // Nothing else is scheduled but the end of the wait.
    expect(await lab.engine.execute({ type: 'step' })).toMatchObject({ ok: true })
    expect(eventsOf(lab, 'decision.made').at(-1)).toMatchObject({ server: null, waitedMs: 1_000 })
    expect(lab.engine.state.waiting.size).toBe(0)
  })

  it('moves no time past the answer of an outside server that a message in the queue waits for', async () => {
    const lab = await labWith({ queue: { max: 9, timeoutMs: 1_000 } }, {}, 2)
    const hung = await lab.network.listen({ host: '127.0.0.1', port: 0, accept: () => {} })
    lab.program().send(`{"type":1,"id":50,"privPolyId":"111","listenport":${hung.port}}`)
    lab.rest()
    const server = { node: 'outside:server:50', maxConnections: 1 }
    await lab.engine.execute({ type: 'updateServer', ...server })
    await lab.engine.execute({ type: 'sendAll' })
    lab.pass(250)
    await lab.engine.execute({ type: 'pause' })
    const [waiting = 0] = lab.engine.state.waiting.get('111') ?? []
    expect(await lab.engine.execute({ type: 'stepToEnd', packet: waiting })).toMatchObject({
      ok: false,
      error: expect.stringContaining('Server 50 is an outside program and has not answered yet'),
    })
    expect(lab.engine.state.waiting.get('111')).toEqual([waiting])
  })
})

describe('a retry', () => {
  /** How long after each failure the next attempt is made. Two servers are registered, but do not listen. */
  async function gaps(seed: number): Promise<{ lab: TestLab; gaps: number[] }> {
    const retries = {
      ...({ max: 2, to: 'other', on: 'unreachable', idempotent: false } as const),
      backoffMs: 1_000,
      budgetPercent: 0,
    }
    const lab = await labWith({ retries }, {}, 1, seed)
    for (const id of [50, 60]) {
      lab.program().send(`{"type":1,"id":${id},"privPolyId":"111","listenport":${5_900 + id}}`)
      lab.rest()
    }
    await lab.engine.execute({ type: 'addServer', id: '70', policy: '111' })
    lab.rest()
    await lab.engine.execute({ type: 'sendAll' })
    lab.rest()
    const attempts = eventsOf(lab, 'decision.made').slice(1)
    const failures = eventsOf(lab, 'upstream.failed')
    return { lab, gaps: attempts.map(({ at }, index) => at - (failures[index]?.at ?? 0)) }
  }

  it('waits on the simulated clock for a random time, which the seed names, below a limit that doubles', async () => {
    const { lab, gaps: waited } = await gaps(7)
    expect(chosen(lab)).toBe('50 60 70')
    expect(outcomes(lab)).toEqual({ answered: 1, refused: 0, lost: 0 })
    const [first = 0, second = 0] = waited
    expect([first > 0, first < 1_000, second > 0, second < 2_000]).toEqual(Array(4).fill(true))
    expect((await gaps(7)).gaps).toEqual(waited)
    expect((await gaps(8)).gaps).not.toEqual(waited)
  })
})

describe('a recording with a queue in it', () => {
  it('shows who waited at each moment, as the lab did then', async () => {
    const queue = { max: 3, timeoutMs: 700 }
    const lab = await labWith({ queue }, { a: { maxConnections: 1 } }, 6)
    const start = lab.engine.state
    await lab.engine.execute({ type: 'sendAll' })
    lab.rest()
    const events = lab.events.filter(({ seq }) => seq > start.seq)
    const waited = new Set<number>()
    let state = start
    const reader = new RecordingReader()
    await reader.open(await recordingOf(events, { sizes: [7, 1, 30], keyframeEvery: 2 }, start))
    for (const event of events) {
      state = reduce(state, [event])
      for (const exchange of state.waiting.get('111') ?? []) waited.add(exchange)
      const sought = await reader.seek({ seq: event.seq })
      expect([...sought.waiting]).toEqual([...state.waiting])
      expect(sought.decisions).toEqual(state.decisions)
    }
    expect(waited.size).toBe(3)
    expect(state).toEqual(lab.engine.state)
  })
})
