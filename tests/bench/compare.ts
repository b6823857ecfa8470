// An hour of 100 messages a second through two algorithms, each in a thread of its own: how long the person waits.
import { join } from 'node:path'
import { createCompare } from '../../src/main/compare'
import type { Comparison, ComparisonRequest } from '../../src/shared/compare/comparison'
import { settled } from '../../src/shared/settings/derive'
import { TRAFFIC } from '../../src/shared/settings/features/traffic'
import type { BenchOptions } from './options'
import type { BenchTable } from './table'

const PER_SECOND = 100
const HOUR_MS = 3_600_000
const QUICK_MS = 120_000
const TARGET_S = 20
const POLICY = '111'

export async function benchCompare({ quick }: BenchOptions): Promise<BenchTable[]> {
  const forMs = quick ? QUICK_MS : HOUR_MS
  const rows: (string | number)[][] = []
  for (const keepConnection of [true, false]) {
    const began = performance.now()
    const before = process.cpuUsage()
    const { labs } = await compared(requestFor(forMs, keepConnection))
    const seconds = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(before)
    const messages = (forMs / 1000) * PER_SECOND
    const given = labs.map(({ servers }) => servers.reduce((sum, { chosen }) => sum + chosen, 0))
    rows.push([
      keepConnection ? 'kept connections' : 'a connection for each message',
      Math.min(...given),
      seconds,
      (user + system) / messages / labs.length,
      (seconds * HOUR_MS) / forMs,
      ((user + system) / 1e6 / labs.length) * (HOUR_MS / forMs),
    ])
  }
  return [
    {
      name: 'Side by side: two labs, 100 messages a second',
      columns: [
        '',
        'messages each',
        'real time, s',
        'processor time a message, µs',
        'for an hour, s',
        'of a processor, s',
      ],
      rows,
      notes: [
        'Processor time is that of one lab: with two processors for it alone, real time is not much longer. The short form',
        'measures how the code gets warm: the first 10,000 messages take three times as long as later ones.',
        `Target: an hour in under ${TARGET_S} s on two processors. Round-robin beside least connections, 4 servers.`,
      ],
      figures: rows.flatMap(([name = '', , , , hour = 0, busy = 0]) => [
        { name: `compare, an hour, ${name}, s`, rounds: [Number(hour)] },
        { name: `compare, an hour, ${name}, s of a processor`, rounds: [Number(busy)] },
      ]),
    },
  ]
}

function compared(request: ComparisonRequest): Promise<Comparison> {
  const compare = createCompare(join(import.meta.dirname, '../main/compare-lab.cjs'))
  return new Promise((resolve, reject) => {
    compare(request, (update) => {
      if (update.kind === 'done') resolve(update.comparison)
      if (update.kind === 'failed') reject(new Error(update.error))
    })
  })
}

function requestFor(forMs: number, keepConnection: boolean): ComparisonRequest {
  const traffic = settled(TRAFFIC.settings, { pattern: 'poisson', perSecond: PER_SECOND })
  return {
    forMs,
    scenario: {
      name: 'An hour',
      seed: 5,
      latencyMs: 2,
      servers: ['100', '200', '300', '400'].map((id) => ({
        id,
        policy: POLICY,
        keepConnection,
        work: { ms: 25, distribution: 'exponential', atOnce: 1, queue: 100 },
      })),
      clients: [{ id: '1', policy: POLICY, payload: 'xyz', traffic }],
      compare: [
        { name: 'In turn', pools: [{ policy: POLICY, algorithm: 'round-robin' }] },
        { name: 'Fewest', pools: [{ policy: POLICY, algorithm: 'least-connections' }] },
      ],
    },
  }
}
