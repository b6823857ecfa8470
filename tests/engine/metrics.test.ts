// What the engine reports about each second.
import { afterEach, expect, it } from 'vitest'
import { percentile } from '../../src/shared/metrics/histogram'
import { figuresOf } from '../../src/shared/metrics/series'
import { latenciesOver } from '../../src/shared/metrics/stretches'
import { checkScenario } from '../../src/shared/scenario-file'
import { createTestLab, type TestLab } from '../support/test-lab'

const labs: TestLab[] = []
afterEach(async () => {
  await Promise.all(labs.splice(0).map(({ engine }) => engine.close()))
})

async function labWith(work: object, traffic: object, latencyMs = 0): Promise<TestLab> {
  const checked = checkScenario(
    {
      format: 'roundabout-scenario',
      version: 5,
      servers: [
        { id: '100', policy: '111', work },
        { id: '300', policy: '111', work, weight: 3 },
      ],
      clients: [{ id: '1', policy: '111', payload: 'xyz1' }],
      traffic: [{ client: '1', ...traffic }],
    },
    'Numbers',
  )
  if (!checked.ok) throw new Error(checked.error)
  const lab = await createTestLab({ scenario: checked.scenario, latencyMs })
  labs.push(lab)
  return lab
}

const work = { ms: 300, distribution: 'constant', atOnce: 1, queue: 100 }
const seconds = ({ events }: TestLab) =>
  events.flatMap((e) => (e.type === 'metrics.second' ? [e] : []))

it('says where the time of a message went: links, queue, service', async () => {
  const lab = await labWith(work, { pattern: 'replay', arrivals: '100, 100, 100, 100' }, 10)
  lab.rest()
  const first = lab.engine.state.metrics.get('server 100')
  const row = figuresOf(first?.rows[0] ?? [])
  // Of its two messages, the second waits for the first in the server's own queue.
  expect(row).toMatchObject({ second: 0, begun: 2, answered: 2, inFlight: 0, due: 0.5 })
  expect(row.utilisation).toBeCloseTo(0.6, 3)
  expect(row.latencies.service?.p50).toBeCloseTo(300, -1)
  expect(row.latencies.queue?.p50).toBe(0)
  expect(row.latencies.queue?.max).toBeCloseTo(300, -1)
  expect(row.latencies.link?.max).toBeCloseTo(40, 0)
  const { whole = [] } = latenciesOver(first?.stretches ?? [], 0, 1) ?? {}
  expect(percentile(whole, 1)).toBeCloseTo(640, -1)
  expect(row.latencies.whole?.max).toBe(640)
})

it('is Little’s law: what is in flight on average is the rate times the latency', async () => {
  const lab = await labWith(work, { pattern: 'poisson', perSecond: 5, forMs: 60_000 }, 10)
  lab.rest()
  const rows = lab.engine.state.metrics.get('all ')?.rows.map(figuresOf) ?? []
  const sum = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((all, row) => all + of(row), 0)
  expect(sum(({ answered }) => answered)).toBe(lab.engine.state.totals.exchanges.answered)
  expect(sum(({ begun }) => begun)).toBe(lab.engine.state.totals.exchanges.begun)
  // Both are the same milliseconds, counted second by second and message by message.
  expect(
    Math.abs(sum(({ inFlightMs }) => inFlightMs) / sum(({ wholeMs }) => wholeMs) - 1),
  ).toBeLessThan(0.001)
})

it('is one event for each second in which something happens, and the same for the same seed', async () => {
  const traffic = { pattern: 'poisson', perSecond: 50, forMs: 5_000 }
  const [one, other] = [
    await labWith('off' as never, traffic),
    await labWith('off' as never, traffic),
  ]
  one.rest()
  other.rest()
  expect(seconds(one).map(({ second, at }) => [second, at])).toEqual(
    [0, 1, 2, 3, 4].map((second) => [second, (second + 1) * 1000]),
  )
  expect(seconds(other)).toEqual(seconds(one))
})

it('counts who waits in the proxy’s queue: of each client, of the policy, and of all', async () => {
  const checked = checkScenario(
    {
      format: 'roundabout-scenario',
      version: 5,
      pools: [{ policy: '111', queue: { max: 10, timeoutMs: 60_000 } }],
      servers: [{ id: '100', policy: '111', maxConnections: 1, work: { ...work, ms: 3_000 } }],
      clients: ['1', '2'].map((id) => ({ id, policy: '111', payload: 'xyz' })),
      traffic: [
        { client: '1', pattern: 'replay', arrivals: '100, 200' },
        { client: '2', pattern: 'replay', arrivals: '300, 400' },
      ],
    },
    'Queue',
  )
  if (!checked.ok) throw new Error(checked.error)
  const lab = await createTestLab({ scenario: checked.scenario, latencyMs: 0 })
  labs.push(lab)
  lab.rest()
  const { metrics } = lab.engine.state
  const queued = (group: string) =>
    metrics
      .get(group)
      ?.rows.map((row) => figuresOf(row).queued)
      .slice(0, 4)
  expect(queued('client client:1')).toEqual([1, 1, 1, 0])
  expect(queued('client client:2')).toEqual([2, 2, 2, 2])
  expect([queued('policy 111'), queued('all ')]).toEqual([
    [3, 3, 3, 2],
    [3, 3, 3, 2],
  ])
})
