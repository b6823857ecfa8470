// Common random numbers: the same messages under different algorithms need the same work, whichever server is chosen.
import { expect, it } from 'vitest'
import { createMemoryLab } from '../../src/main/engine/index'
import type { AlgorithmName } from '../../src/shared/decision/reason'
import type { LabEvent } from '../../src/shared/events'
import { settled } from '../../src/shared/settings/derive'
import { TRAFFIC } from '../../src/shared/settings/features/traffic'

const MESSAGES = 300
const POLICY = '111'

/** For each message in order of sending: when it was sent, its server, and how long that worked on it. */
async function played(algorithm: AlgorithmName, seed = 5) {
  const traffic = settled(TRAFFIC.settings, {
    pattern: 'poisson',
    perSecond: 50,
    messages: MESSAGES,
  })
  const lab = await createMemoryLab({
    isRecorded: false,
    latencyMs: 0,
    scenario: {
      name: 'Chance',
      seed,
      pools: [{ policy: POLICY, algorithm }],
      // Enough at once that no message waits: the time at the server is the work alone.
      servers: ['1', '2', '3'].map((id) => ({
        id,
        policy: POLICY,
        work: { ms: 40, distribution: 'exponential', atOnce: 1_000, queue: 0 },
      })),
      clients: [{ id: '1', policy: POLICY, payload: 'xyz', traffic }],
    },
  })
  const events: LabEvent[] = []
  lab.engine.subscribe((event) => events.push(event))
  lab.rest()
  await lab.engine.close()
  const atServer = new Map<number, number>()
  const messages = new Map<number, { at: number; server?: string | null; workMs?: number }>()
  for (const event of events) {
    if (event.type === 'packet.sent') {
      const { exchange, kind, at, from, to } = event
      if (kind === 0 && from === 'client:1') messages.set(exchange, { at })
      else if (kind === 0 && to.startsWith('server:')) atServer.set(exchange, at)
      else if (kind === 2 && from.startsWith('server:')) {
        const message = messages.get(exchange)
        if (message) message.workMs = at - (atServer.get(exchange) ?? 0)
      }
    } else if (event.type === 'decision.made') {
      const message = messages.get(event.exchange)
      if (message) message.server = event.server
    }
  }
  return [...messages.values()]
}

it('arrivals and service times are the same under each algorithm; the servers differ', async () => {
  const [one, other] = [await played('round-robin'), await played('random')]
  expect(one).toHaveLength(MESSAGES)
  expect(other.map(({ at }) => at)).toEqual(one.map(({ at }) => at))
  // Differences of times that are rounded to the microsecond.
  for (const [index, { workMs = -1 }] of other.entries()) {
    expect(workMs).toBeCloseTo(one[index]?.workMs ?? Number.NaN, 2)
  }
  const differing = other.filter(({ server }, index) => server !== one[index]?.server)
  expect(differing.length).toBeGreaterThan(MESSAGES / 3)
})

it('another seed draws other service times, and their mean is that of the setting', async () => {
  const runs = [await played('round-robin', 5), await played('round-robin', 6)]
  const [one = [], other = []] = runs.map((run) => run.map(({ workMs = 0 }) => workMs))
  expect(other).not.toEqual(one)
  // Four standard deviations of the mean of these exponential times.
  for (const times of [one, other]) {
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length
    expect(Math.abs(mean - 40)).toBeLessThan((4 * 40) / Math.sqrt(MESSAGES))
  }
})
