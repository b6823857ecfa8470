// Health in a whole engine: on the simulated clock, in the past, undone, beside everything else.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { LabEvent } from '../../src/shared/events'
import { composeRegistration } from '../../src/shared/protocol/compose'
import { RecordingReader } from '../../src/shared/recording/reader'
import { EMPTY_POOL } from '../../src/shared/scenario'
import { reduce } from '../../src/shared/state/reduce'
import { recordingOf } from '../support/recorded-stories'
import { createTestLab, type TestLab } from '../support/test-lab'

const GONE_PORT = 5_999
const CHECKS = { intervalMs: 1_000, outside: true }

let lab: TestLab

afterEach(() => lab.engine.close())

/** Two inside servers, and 500, a program that has registered and is gone. */
async function labWith(pool: object, { latencyMs = 100, seed = 1 } = {}) {
  const servers = ['100', '300'].map((id) => ({ id, policy: '111' }))
  const clients = ['1', '2', '3'].map((id) => ({ id, policy: '111', payload: id }))
  lab = await createTestLab({
    scenario: { ...EMPTY_POOL, name: 'Health', latencyMs, servers, clients },
    latencyMs,
    seed,
  })
  lab.pass(500)
  if (Object.keys(pool).length > 0) await execute({ type: 'updatePool', policy: '111', ...pool })
  lab.program().send(composeRegistration('500', '111', GONE_PORT))
  lab.pass(200)
}

function eventsOf<T extends LabEvent['type']>(type: T, since = 0) {
  return lab.events
    .slice(since)
    .filter((event): event is Extract<LabEvent, { type: T }> => event.type === type)
}

const rowOf = (server: string) => lab.engine.state.rows.get(server)
const execute = (command: object) => lab.engine.execute(command)

describe('health checks and time', () => {
  it('paused, none fires; a step goes to the next one, and to its result', async () => {
    await labWith({ checks: CHECKS })
    await execute({ type: 'pause' })
    const before = lab.events.length
    lab.pass(10_000)
    expect(eventsOf('check.sent', before)).toEqual([])
    await execute({ type: 'step' })
    expect(eventsOf('check.sent', before)).toHaveLength(1)
    expect(eventsOf('check.ended', before)).toEqual([])
    while (eventsOf('check.ended', before).length === 0) await execute({ type: 'step' })
    const [sent] = eventsOf('check.sent', before)
    const [ended] = eventsOf('check.ended', before)
    expect(ended?.check).toBe(sent?.check)
    expect(ended?.at).toBe(sent?.dueAt)
  })

  it('travel over the link, and are in no counter of messages', async () => {
    await labWith({ checks: { ...CHECKS, way: 'message' } })
    const { totals } = lab.engine.state
    lab.pass(5_000)
    const [check] = eventsOf('check.sent')
    expect((check?.dueAt ?? 0) - (check?.at ?? 0)).toBe(100)
    expect(lab.engine.state.totals).toEqual(totals)
    expect(eventsOf('log').filter(({ text }) => text.includes('directly'))).toEqual([])
    expect(lab.network.openSockets()).toBeLessThan(10)
  })

  it('are not sent to an outside program, unless that is asked for', async () => {
    await labWith({ checks: { intervalMs: 1_000 } })
    lab.pass(5_000)
    const checked = () => new Set(eventsOf('check.sent').map(({ server }) => server))
    expect(checked()).toEqual(new Set(['100', '300']))
    await execute({ type: 'updatePool', policy: '111', checks: CHECKS })
    lab.pass(5_000)
    expect(checked()).toContain('500')
    expect(rowOf('500')).toMatchObject({ health: 'down', cause: 'checks' })
  })

  it('end with the feature, with undo, and with their server; every check ends once', async () => {
    await labWith({})
    await execute({ type: 'updatePool', policy: '111', checks: CHECKS })
    lab.pass(4_050)
    expect(rowOf('500')?.health).toBe('down')
    await execute({ type: 'removeNode', node: 'server:300' })
    await execute({ type: 'undo' })
    lab.pass(2_000)
    await execute({ type: 'undo' })
    expect(rowOf('500')).toMatchObject({ health: 'up' })
    const since = lab.events.length
    lab.rest()
    expect(eventsOf('check.sent', since)).toEqual([])
    expect(
      eventsOf('check.ended')
        .map(({ check }) => check)
        .sort(),
    ).toEqual(
      eventsOf('check.sent')
        .map(({ check }) => check)
        .sort(),
    )
    expect(lab.engine.state.checks.size).toBe(0)
  })
})

describe('where health decides', () => {
  it('everybody unhealthy means that the message is refused, and says why', async () => {
    await labWith({ health: {} })
    for (const id of ['100', '300']) await execute({ type: 'removeNode', node: `server:${id}` })
    lab.program().send(composeRegistration('700', '111', GONE_PORT + 1))
    lab.pass(500)
    await execute({ type: 'sendAll' })
    lab.pass(3_000)
    await execute({ type: 'sendAll' })
    lab.pass(1_000)
    const last = eventsOf('decision.made').at(-1)
    expect(last).toMatchObject({ server: null })
    expect(new Set(last?.passedOver.map(({ why }) => why))).toEqual(new Set(['failing']))
    expect(eventsOf('exchange.finished').at(-1)).toMatchObject({ reason: 'SERVERS_DOWN' })
  })

  it('a server that registers again begins anew', async () => {
    await labWith({ health: {} })
    await execute({ type: 'sendAll' })
    lab.pass(3_000)
    expect(rowOf('500')).toMatchObject({ cause: 'failures' })
    lab.program().send(composeRegistration('500', '111', GONE_PORT))
    lab.pass(200)
    expect(rowOf('500')).toMatchObject({ health: 'up' })
    expect(rowOf('500')).not.toHaveProperty('cause')
  })
})

describe('a recording', () => {
  it('shows health and checks at each moment as they were', async () => {
    await labWith({
      health: { failTimeoutMs: 2_000 },
      checks: { ...CHECKS, fall: 2 },
      slowStart: { windowMs: 3_000 },
    })
    const start = lab.engine.state
    await execute({ type: 'sendAll' })
    lab.pass(4_000)
    await lab.network.listen({ host: '127.0.0.1', port: GONE_PORT, accept: () => {} })
    lab.pass(4_000)
    const events = lab.events.filter(({ seq }) => seq > start.seq)
    const reader = new RecordingReader()
    await reader.open(await recordingOf(events, { sizes: [7, 1, 30], keyframeEvery: 2 }, start))
    let state = start
    const causes = new Set<string | undefined>()
    for (const event of events) {
      state = reduce(state, [event])
      const sought = await reader.seek({ seq: event.seq })
      expect(sought.rows).toEqual(state.rows)
      expect(sought.checks).toEqual(state.checks)
      causes.add(state.rows.get('500')?.cause)
    }
    expect(causes).toEqual(new Set([undefined, 'failures', 'checks']))
  })
})

it('every message ends once, with everything on and changing', async () => {
  const steps = fc.array(
    fc.record({
      what: fc.constantFrom('send', 'wait', 'drain', 'backup', 'limit', 'pool', 'leave', 'undo'),
      which: fc.nat(20),
    }),
    { minLength: 5, maxLength: 25 },
  )
  const pools = [
    {},
    { health: { failTimeoutMs: 2_000, answers: true }, slowStart: { windowMs: 2_000 } },
    { checks: { ...CHECKS, errorLimit: 2 }, outliers: { consecutiveErrors: 1, maxPercent: 60 } },
    { outliers: { consecutiveErrors: 1, maxPercent: 100, intervalMs: 1_000 }, panicPercent: 50 },
    { health: {}, queue: { max: 2, timeoutMs: 1_500 }, backups: 'haproxy', panicPercent: 80 },
  ] as const
  const OFF = { health: 'off', checks: 'off', outliers: 'off', slowStart: 'off', queue: 'off' }
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(), async (story, seed) => {
      await labWith({ health: {}, checks: CHECKS }, { seed })
      for (const { what, which } of story) {
        const node = ['server:100', 'server:300', 'outside:server:500'][which % 3]
        const isOn = which % 2 === 0
        if (what === 'send') await execute({ type: 'sendAll' })
        else if (what === 'wait') lab.pass(which * 150)
        else if (what === 'drain') await execute({ type: 'updateServer', node, drain: isOn })
        else if (what === 'backup') await execute({ type: 'updateServer', node, backup: isOn })
        else if (what === 'limit') {
          await execute({ type: 'updateServer', node, maxConnections: which % 4 })
        } else if (what === 'pool') {
          const pool = pools[which % pools.length]
          await execute({ type: 'updatePool', policy: '111', ...OFF, ...pool })
        } else if (what === 'leave') await execute({ type: 'removeNode', node })
        else await execute({ type: 'undo' })
        lab.pass(50)
        for (const row of lab.engine.state.rows.values()) {
          expect(row.health === 'up' ? row.cause : undefined).toBeUndefined()
        }
      }
      await execute({ type: 'updatePool', policy: '111', ...OFF })
      lab.rest()
      const { begun, answered, refused, lost } = lab.engine.state.totals.exchanges
      expect(answered + refused + lost).toBe(begun)
      expect(lab.engine.state.checks.size).toBe(0)
      expect(lab.engine.state.inFlight.size).toBe(0)
      await lab.engine.close()
    }),
    { numRuns: 15 },
  )
})
