// Common random numbers: what a client sends meets the same faults on the client's link under each algorithm.
import { expect, it } from 'vitest'
import { createMemoryLab } from '../../src/main/engine/index'
import type { AlgorithmName } from '../../src/shared/decision/reason'
import type { LabEvent } from '../../src/shared/events'
import { settled } from '../../src/shared/settings/derive'
import { TRAFFIC } from '../../src/shared/settings/features/traffic'

const POLICY = '111'

/** By the message's number: what the client's link did to it (0) and to its answer (2). */
async function harms(algorithm: AlgorithmName) {
  const traffic = settled(TRAFFIC.settings, {
    pattern: 'poisson',
    perSecond: 50,
    messages: 300,
    clients: 20,
  })
  const link = 'client:1'
  const lab = await createMemoryLab({
    isRecorded: false,
    inOrder: true,
    latencyMs: 5,
    scenario: {
      name: 'Chance',
      seed: 5,
      pools: [{ policy: POLICY, algorithm }],
      servers: ['1', '2', '3'].map((id, index) => ({
        id,
        policy: POLICY,
        keepConnection: index === 0,
        work: { ms: 100 * index + 20, distribution: 'exponential', atOnce: 4, queue: 1_000 },
      })),
      clients: [{ id: '1', policy: POLICY, payload: 'xyz', traffic }],
      faults: [
        { link, direction: 'to-server', fault: 'latency', latencyMs: 300, probability: 0.5 },
        { link, direction: 'to-server', fault: 'loss', packetPercent: 30 },
        { link, direction: 'to-client', fault: 'latency', latencyMs: 50, jitterMs: 20 },
        { link, direction: 'to-client', fault: 'loss', packetPercent: 30, probability: 0.5 },
      ],
    },
  })
  const events: LabEvent[] = []
  lab.engine.subscribe((event) => events.push(event))
  lab.rest()
  await lab.engine.close()
  const messages = new Map<number, unknown[]>()
  const order: number[] = []
  const packets = new Map<number, { exchange: number; kind: number | string }>()
  /** The faults that messages (0) and answers (2) have met. */
  const kinds = new Set<string>()
  const servers: (string | null)[] = []
  for (const event of events) {
    if (event.type === 'packet.sent') {
      const { from, to, kind, exchange, packet } = event
      if (from === link && kind === 0) messages.set(exchange, [])
      if (from !== link && to !== link) continue
      packets.set(packet, { exchange, kind })
      if (kind === 2) order.push([...messages.keys()].indexOf(exchange))
    } else if (event.type === 'packet.harmed') {
      const harmed = packets.get(event.packet)
      if (harmed === undefined) continue
      messages.get(harmed.exchange)?.push(event.harms)
      for (const { fault } of event.harms) kinds.add(`${fault} ${harmed.kind}`)
    } else if (event.type === 'decision.made') servers.push(event.server)
  }
  return { met: [...messages.values()], kinds, order, servers }
}

it('the same messages and answers of a client meet the same faults on its link', async () => {
  const [one, other] = [await harms('round-robin'), await harms('random')]
  expect(one.met).toHaveLength(300)
  expect(other.servers).not.toEqual(one.servers)
  expect(other.order).not.toEqual(one.order)
  expect(other.met).toEqual(one.met)
  // Each answer is late.
  expect(one.met.filter((harms) => harms.length === 0)).toEqual([])
  expect(one.kinds).toEqual(new Set(['latency 0', 'loss 0', 'latency 2', 'loss 2']))
})
