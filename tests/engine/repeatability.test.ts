// A seed and a scenario are a whole run on the network in memory: the same arrivals, service times, faults and choices, byte
// for byte in the recording. Real times alone differ between two runs, so here they stand still.
import { expect, it, vi } from 'vitest'
import { createMemoryLab } from '../../src/main/engine/index'
import type { Scenario } from '../../src/shared/scenario'
import { settled } from '../../src/shared/settings/derive'
import { FAULT_SETTINGS } from '../../src/shared/settings/fault'
import { BEHAVIOUR } from '../../src/shared/settings/features/behaviour'
import { HEALTH_FEATURES } from '../../src/shared/settings/features/health'
import { TRAFFIC } from '../../src/shared/settings/features/traffic'
import { WORK } from '../../src/shared/settings/features/work'

const POLICY = '111'
const KINDS = BEHAVIOUR.settings.kind.options.map(({ value }) => value)
const FAULTS = FAULT_SETTINGS.fault.options.map(({ value }) => value)
/** It acts on the end of connections, and harms no packet. */
const WITHOUT_HARMS = ['slow-close']

/**
 * Chance in all its places: when messages come, how long work takes, who fails and in which of all ways, who is chosen, when
 * it is tried again, what links do, with every kind of fault. A crowd, a closed loop and health checks beside it.
 */
const scenarioOf = (seed: number): Scenario => ({
  name: 'Chance',
  seed,
  latencyMs: 20,
  pools: [
    {
      policy: POLICY,
      algorithm: 'two-choices',
      checks: settled(HEALTH_FEATURES.checks.settings, { way: 'connect', intervalMs: 500 }),
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
  servers: (['healthy', ...KINDS] as const).map((kind, index) => ({
    id: `${100 * (index + 1)}`,
    policy: POLICY,
    work: settled(WORK.settings, { ms: 30, distribution: 'log-normal' }),
    ...(kind !== 'healthy' && {
      behaviour: settled(BEHAVIOUR.settings, { kind, probability: 0.1, ms: 200 }),
    }),
  })),
  clients: (
    [
      { pattern: 'poisson', perSecond: 20, forMs: 4_000 },
      { pattern: 'poisson', perSecond: 20, forMs: 4_000, clients: 10 },
      { pattern: 'closed-loop', thinkMs: 200, forMs: 4_000, clients: 5 },
    ] as const
  ).map((traffic, index) => ({
    id: `${index + 1}`,
    policy: POLICY,
    payload: 'xyz',
    traffic: settled(TRAFFIC.settings, traffic),
  })),
  faults: FAULTS.map((fault, index) => ({
    // No server could register over a link that is down.
    link: fault === 'down' ? 'client:1' : `server:${100 * (1 + (index % KINDS.length))}`,
    direction: 'to-server',
    fault,
    probability: 0.6,
    packetPercent: 60,
    jitterMs: 20,
    limitBytes: 20,
    afterMs: 200,
  })),
})

async function recordingOf(seed: number): Promise<Buffer> {
  const lab = await createMemoryLab({ seed, scenario: scenarioOf(seed) })
  lab.pass(5_000)
  const { totals, packets, rows } = lab.engine.state
  // Each way to fail has had messages.
  expect([...rows.values()].filter(({ chosen }) => chosen > 3)).toHaveLength(1 + KINDS.length)
  expect(totals.exchanges.begun).toBeGreaterThan(100)
  const met = new Set([...packets].flatMap(({ harms = [] }) => harms.map(({ fault }) => fault)))
  expect([...met].sort()).toEqual(FAULTS.filter((one) => !WITHOUT_HARMS.includes(one)).sort())
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
