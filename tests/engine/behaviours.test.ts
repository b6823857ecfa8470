// Inside servers that fail, in the whole engine on simulated time: what the proxy and the client get from each.
import { describe, expect, it } from 'vitest'
import { playLab } from '../../src/main/compare/play-lab'
import { figureRows } from '../../src/shared/compare/figures'
import type { LabEvent } from '../../src/shared/events'
import { PrometheusTotals } from '../../src/shared/metrics/prometheus'
import { figuresOf } from '../../src/shared/metrics/series'
import type { Scenario } from '../../src/shared/scenario'
import { scenarioOf } from '../../src/shared/scenario-file'
import { blackHolesShare } from '../support/black-hole'
import { opened, scenarioIn } from '../support/examples'
import { createTestLab, type TestLab } from '../support/test-lab'

type Server = Scenario['servers'][number]
type Behaviour = Exclude<NonNullable<Server['behaviour']>, 'off'>

const BEHAVIOUR: Behaviour = {
  kind: 'silent',
  probability: 1,
  fromMs: 0,
  untilMs: 0,
  every: 1,
  first: 0,
  ms: 2_000,
}

async function labWith(behaviour: Partial<Behaviour>, more: Partial<Server> = {}) {
  const lab = await createTestLab({
    scenario: {
      name: 'Failing',
      latencyMs: 10,
      servers: [{ id: '100', policy: '111', behaviour: { ...BEHAVIOUR, ...behaviour }, ...more }],
      clients: [{ id: '1', policy: '111', payload: 'xyz' }],
      // Each message is tried once.
      pools: [
        {
          policy: '111',
          retries: {
            max: 0,
            to: 'other',
            on: 'unreachable',
            idempotent: false,
            backoffMs: 0,
            budgetPercent: 0,
          },
        },
      ],
    },
  })
  lab.pass(100)
  return lab
}

function eventsOf<T extends LabEvent['type']>(lab: TestLab, type: T) {
  return lab.events.filter((event): event is Extract<LabEvent, { type: T }> => event.type === type)
}

async function send(lab: TestLab, count = 1, ms = 15_000): Promise<void> {
  for (let sent = 0; sent < count; sent++) {
    await lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    lab.pass(ms)
    // What the sockets have done may have begun something else.
    await new Promise((resolve) => setImmediate(resolve))
    lab.pass(ms)
  }
}

/** How the messages have ended: the verdict on the answer, or the error. */
function endings(lab: TestLab): string[] {
  const verdicts = new Map(
    eventsOf(lab, 'answer.verified').map(({ exchange, verdict }) => [exchange, verdict]),
  )
  return eventsOf(lab, 'exchange.finished').map(
    ({ exchange, reason }) => reason ?? verdicts.get(exchange) ?? 'none',
  )
}

describe('a server that', () => {
  it.each([
    ['silent', 'SERVER_TIMEOUT'],
    ['slow', 'correct'],
    ['garbage', 'SERVER_BAD_ANSWER'],
    ['wrong-hash', 'wrong'],
    ['half', 'SERVER_BAD_ANSWER'],
    ['close', 'SERVER_CLOSED'],
    ['reset', 'SERVER_BAD_ANSWER'],
    ['crash', 'SERVER_CLOSED'],
    ['refuse', 'SERVER_UNREACHABLE'],
    ['other-destid', 'correct'],
  ] as const)('does %s', async (kind, ending) => {
    for (const keepConnection of [false, true]) {
      const lab = await labWith({ kind, ms: kind === 'crash' ? 0 : 2_000 }, { keepConnection })
      await send(lab)
      expect(endings(lab), `${kind} ${keepConnection}`).toEqual([ending])
      expect(lab.engine.state.inFlight.size).toBe(0)
      const isMisaddressed = kind === 'other-destid'
      expect(lab.engine.state.rows.get('100')?.misaddressed).toBe(isMisaddressed ? 1 : undefined)
    }
  })
})

/** The seconds of the group, summed: what began, what ended how, and for which reasons. */
function sumsOf(lab: TestLab, key: string) {
  const { rows = [], reasons = [] } = lab.engine.state.metrics.get(key) ?? {}
  const seconds = rows.map(figuresOf)
  const sum = (field: 'begun' | 'answered' | 'refused' | 'lost') =>
    seconds.reduce((all, second) => all + second[field], 0)
  return {
    begun: sum('begun'),
    answered: sum('answered'),
    errors: sum('refused') + sum('lost'),
    reasons: reasons.map(([, reason, count]) => `${count} ${reason}`),
  }
}

describe('figures of a server that', () => {
  it.each([
    ['silent', 'SERVER_TIMEOUT'],
    ['garbage', 'SERVER_BAD_ANSWER'],
    ['wrong-hash', 'WRONG_HASH'],
    ['half', 'SERVER_BAD_ANSWER'],
    ['close', 'SERVER_CLOSED'],
    ['reset', 'SERVER_BAD_ANSWER'],
    ['crash', 'SERVER_CLOSED'],
    ['refuse', 'SERVER_UNREACHABLE'],
    ['slow', undefined],
    ['other-destid', undefined],
  ] as const)(
    'does %s: what it was given it has answered, or it is an error',
    async (kind, reason) => {
      const lab = await labWith({ kind, ms: kind === 'crash' ? 0 : 2_000 })
      await send(lab)
      expect(sumsOf(lab, 'server 100')).toEqual({
        begun: 1,
        answered: reason ? 0 : 1,
        errors: reason ? 1 : 0,
        reasons: reason ? [`1 ${reason}`] : [],
      })
      expect(sumsOf(lab, 'all ')).toEqual(sumsOf(lab, 'server 100'))
      const totals = new PrometheusTotals()
      for (const event of lab.events) totals.apply(event)
      const errors = totals.text().match(/^roundabout_message_errors_total.*/gm) ?? []
      expect(errors).toEqual(
        reason ? [`roundabout_message_errors_total{policy="111",reason="${reason}"} 1`] : [],
      )
      await lab.engine.close()
    },
  )

  it('is overloaded, and answers so: that is an error of it', async () => {
    const work = { ms: 1_000, distribution: 'constant', atOnce: 1, queue: 0 } as const
    const lab = await labWith({ probability: 0 }, { work })
    const sent = () => lab.engine.execute({ type: 'sendMessage', client: 'client:1' })
    await Promise.all([sent(), sent(), sent()])
    lab.pass(15_000)
    const errors = { errors: 2, reasons: ['2 SERVER_OVERLOADED'] }
    expect(sumsOf(lab, 'server 100')).toEqual({ begun: 3, answered: 1, ...errors })
    expect(sumsOf(lab, 'policy 111')).toEqual({ begun: 3, answered: 1, ...errors })
    await lab.engine.close()
  })
})

it('fails for the first messages alone, for every third, in its time', async () => {
  const kind = 'wrong-hash'
  const first = await labWith({ kind, first: 2 })
  await send(first, 4, 500)
  expect(endings(first)).toEqual(['wrong', 'wrong', 'correct', 'correct'])
  const every = await labWith({ kind, every: 3 })
  await send(every, 6, 500)
  expect(endings(every)).toEqual(['correct', 'correct', 'wrong', 'correct', 'correct', 'wrong'])
  const inTime = await labWith({ kind, fromMs: 1_000, untilMs: 3_000 })
  await send(inTime, 4, 500)
  expect(endings(inTime)).toEqual(['correct', 'wrong', 'wrong', 'correct'])
})

it('fails for about as many messages as the probability says', async () => {
  const lab = await labWith({ kind: 'wrong-hash', probability: 0.3 })
  await send(lab, 400, 50)
  const share = endings(lab).filter((ending) => ending === 'wrong').length / 400
  expect(Math.abs(share - 0.3)).toBeLessThan(0.06)
})

it('is stopped and started with one switch, which undo throws back', async () => {
  const lab = await labWith({ probability: 0 })
  const { engine } = lab
  const result = await engine.execute({ type: 'updateServer', node: 'server:100', stopped: true })
  expect(result).toMatchObject({ change: { label: 'stop server 100' } })
  await send(lab)
  expect(endings(lab)).toEqual(['SERVER_UNREACHABLE'])
  expect(scenarioOf(engine.state).contents.servers[0]).toMatchObject({ stopped: true })
  await engine.execute({ type: 'undo' })
  lab.pass(100)
  expect(engine.state.rows.get('100')).toMatchObject({ health: 'up' })
  await send(lab)
  expect(endings(lab)).toEqual(['SERVER_UNREACHABLE', 'correct'])
})

it('takes what it has with it when it stops', async () => {
  const work = { ms: 1_000, distribution: 'constant', atOnce: 1, queue: 9 } as const
  const lab = await labWith({ probability: 0 }, { work })
  await send(lab, 1, 50)
  await stop(lab)
  lab.pass(20_000)
  expect(endings(lab)).toEqual(['SERVER_CLOSED'])
  expect(lab.engine.state.nodes.get('server:100')).toMatchObject({ working: 0, waiting: 0 })
})

it('has no slow answer left to give when it has stopped', async () => {
  const ms = 80_000_000
  const lab = await labWith({ kind: 'slow', ms })
  await send(lab, 1, 50)
  await stop(lab)
  lab.clock.runUntilIdle()
  expect(lab.clock.now()).toBeLessThan(ms)
})

const stop = (lab: TestLab) =>
  lab.engine.execute({ type: 'updateServer', node: 'server:100', stopped: true })

it('starts again by itself after a crash, and registers', async () => {
  const lab = await labWith({ kind: 'crash', first: 1, ms: 3_000 })
  await send(lab, 1, 500)
  expect(lab.engine.state.nodes.get('server:100')?.stopped).toBe(true)
  lab.pass(3_000)
  await new Promise((resolve) => setImmediate(resolve))
  lab.pass(100)
  expect(lab.engine.state.nodes.get('server:100')?.stopped).toBe(false)
  await send(lab, 1, 500)
  expect(endings(lab)).toEqual(['SERVER_CLOSED', 'correct'])
})

it('refuses for a time, and then registers again', async () => {
  const lab = await labWith({ kind: 'refuse', untilMs: 20_000 })
  await send(lab, 1, 9_000)
  lab.pass(3_000)
  await new Promise((resolve) => setImmediate(resolve))
  await send(lab, 1, 1_000)
  expect(endings(lab)).toEqual(['SERVER_UNREACHABLE', 'correct'])
})

/** The black hole's part of eighty messages. */
async function blackHolePlayed(seed: number): Promise<number> {
  const { lab } = await opened('a-black-hole-attracts-everything', { seed })
  for (let round = 0; round < ROUNDS; round++) {
    await lab.engine.execute({ type: 'sendAll' })
    lab.pass(300)
  }
  lab.rest()
  const { rows } = lab.engine.state
  const chosen = [...rows.values()].reduce((sum, row) => sum + row.chosen, 0)
  return (rows.get('500')?.chosen ?? 0) / chosen
}
const ROUNDS = 20
const SEEDS = 20

it('a-black-hole-attracts-everything: whoever fails at once has the least in flight', async () => {
  let sum = 0
  for (let seed = 1; seed <= SEEDS; seed++) sum += await blackHolePlayed(seed)
  // A third would be its due; theory says 0.71. One seed's share deviates from the mean by 0.035: this bound is four
  // standard deviations of the mean of twenty.
  const expected = blackHolesShare(ROUNDS)
  expect(expected).toBeGreaterThan(0.7)
  expect(Math.abs(sum / SEEDS - expected)).toBeLessThan((4 * 0.035) / Math.sqrt(SEEDS))
})

it('a-black-hole-attracts-everything: a comparison shows the wrong hashes as errors', async () => {
  const scenario = scenarioIn('a-black-hole-attracts-everything')
  const compared = { name: 'Fewest', pools: scenario.pools ?? [] }
  // Its traffic, which waits in the lab until somebody starts it, runs from the start on.
  const lab = await playLab({ scenario, compared, forMs: 80_000 }, { played: () => true })
  const rows = new Map(
    figureRows({ labs: [lab], difference: null }).map((row) => [row.label, Number(row.values[0])]),
  )
  const [sent = 0, answered = 0, errors = 0] = ['Messages', 'Answered', 'Errors'].map((label) =>
    rows.get(label),
  )
  const chosen = lab.servers.find(({ id }) => id === '500')?.chosen ?? 0
  expect(sent).toBeGreaterThan(200)
  expect(chosen).toBeGreaterThan(sent / 3)
  expect(errors).toBe(chosen)
  expect(rows.get('Errors: wrong hash')).toBe(chosen)
  expect(answered + errors + lab.unfinished).toBe(sent)
})
