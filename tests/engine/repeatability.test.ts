// A seed and a scenario are a whole run on the network in memory: the same arrivals, service times, faults and choices, byte
// for byte in the recording. Real times alone differ between two runs, so here they stand still.
import { expect, it, vi } from 'vitest'
import { createMemoryLab } from '../../src/main/engine/index'
import type { Scenario } from '../../src/shared/scenario'
import { settled } from '../../src/shared/settings/derive'
import { BEHAVIOUR } from '../../src/shared/settings/features/behaviour'
import { HEALTH_FEATURES } from '../../src/shared/settings/features/health'
import { TRAFFIC } from '../../src/shared/settings/features/traffic'
import { WORK } from '../../src/shared/settings/features/work'

const POLICY = '111'

/**
 * Chance in all its places: when messages come, how long work takes, who fails, who is chosen, when it is tried again, what
 * links do. A crowd, a closed loop and health checks beside it.
 */
const scenarioOf = (seed: number): Scenario => ({
  name: 'Chance',
  seed,
  latencyMs: 20,
  pools: [
    {
      policy: POLICY,
      algorithm: 'two-choices',
      checks: settled(HEALTH_FEATURES.checks.settings, { way: 'message', intervalMs: 500 }),
      retries: {
        max: 2,
        to: 'other',
        on: 'failed',
        idempotent: true,
        backoffMs: 50,
        budgetPercent: 0,
      },
    },
  ],
  servers: ['100', '200', '300'].map((id) => ({
    id,
    policy: POLICY,
    work: settled(WORK.settings, { ms: 30, distribution: 'log-normal' }),
    ...(id === '300' && {
      behaviour: settled(BEHAVIOUR.settings, { kind: 'half', probability: 0.3 }),
    }),
  })),
  clients: (
    [
      { pattern: 'poisson', perSecond: 20, forMs: 8_000 },
      { pattern: 'poisson', perSecond: 20, forMs: 8_000, clients: 10 },
      { pattern: 'closed-loop', thinkMs: 200, forMs: 8_000, clients: 5 },
    ] as const
  ).map((traffic, index) => ({
    id: `${index + 1}`,
    policy: POLICY,
    payload: 'xyz',
    traffic: settled(TRAFFIC.settings, traffic),
  })),
  faults: [
    { link: 'server:100', direction: 'to-server', fault: 'loss', packetPercent: 10 },
    { link: 'server:200', direction: 'to-client', fault: 'reset-peer', probability: 0.1 },
    { link: 'client:2', direction: 'to-client', fault: 'latency', latencyMs: 30, jitterMs: 20 },
    { link: 'client:3', direction: 'to-server', fault: 'slicer', probability: 0.5 },
  ],
})

async function recordingOf(seed: number): Promise<Buffer> {
  const lab = await createMemoryLab({ seed, scenario: scenarioOf(seed) })
  lab.pass(10_000)
  const { totals, packets } = lab.engine.state
  expect(totals.exchanges.begun).toBeGreaterThan(200)
  const met = new Set([...packets].flatMap(({ harms = [] }) => harms.map(({ fault }) => fault)))
  expect([...met].sort()).toEqual(['latency', 'loss', 'reset-peer', 'slicer'])
  const parts: Uint8Array[] = []
  for (let from = 0; ; ) {
    const part = await lab.engine.readRecording('session', from)
    parts.push(part.bytes)
    from = part.from + part.bytes.length
    if (from >= part.end) break
  }
  await lab.engine.close()
  return Buffer.concat(parts)
}

it('the same seed gives the same recording, byte for byte, and another seed another one', async () => {
  const realTime = vi.spyOn(performance, 'now').mockReturnValue(1_000)
  try {
    const [first, again, other] = [await recordingOf(5), await recordingOf(5), await recordingOf(6)]
    expect(first.length).toBeGreaterThan(10_000)
    expect(again.equals(first)).toBe(true)
    expect(other.equals(first)).toBe(false)
  } finally {
    realTime.mockRestore()
  }
})
