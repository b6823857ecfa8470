// The proxy beside nginx, a student's proxy and no proxy at all, before the same servers and under the same load.
// All take turns within a round, so that a ratio compares what ran side by side; figures are medians.
import { type Child, startEntry } from '../children'
import type { BenchOptions } from '../options'
import { median, ratios } from '../statistics'
import type { BenchTable } from '../table'
import {
  type Contender,
  type ServerPool,
  startNginx,
  startNothing,
  startProxy,
  startThreadedPython,
} from './contenders'
import type { LoadOrder, LoadReport } from './load'
import type { CpuTime } from './proxy-process'
import { type Measured, type Name, type Results, ratesOf, targetsTable } from './targets'

/**
 * Every contender in Node gets `startMs` of each load first, which do not count: with a new connection for each message, V8
 * compiles the proxy for about four seconds.
 */
const USUAL = { rounds: 7, startMs: 4_000, warmUpMs: 300, measuredMs: 1_200 }
const QUICK = { rounds: 3, startMs: 1_500, warmUpMs: 100, measuredMs: 350 }
/** Of the others, and of a bare relay, which has little to compile. */
const SHORT_START_MS = 300
const START_SHORT: ReadonlySet<Name> = new Set([
  'direct',
  'relayKept',
  'relayPerMessage',
  'nginx',
  'python',
])

const SHAPES = ['fresh', 'persistent'] as const

const TITLES: Record<keyof Results, string> = {
  fresh: 'Proxy: a new client connection per message, 32 at a time',
  persistent: 'Proxy: 32 persistent clients, one message outstanding each',
}

const NAMES: Record<Name, string> = {
  direct: 'no proxy (the limit)',
  kept: 'Roundabout, kept connections',
  unrecorded: 'the same, not recorded',
  relayKept: 'bare Node relay, kept',
  relayLooks: 'Node relay that looks, kept',
  relayRecords: 'the same, recorded',
  perMessage: 'Roundabout, one per message',
  relayPerMessage: 'bare Node relay, one per message',
  nginx: 'nginx stream',
  python: 'threaded Python',
}

export async function benchProxy({ quick }: BenchOptions): Promise<BenchTable[]> {
  const plan = quick ? QUICK : USUAL
  const servers = startEntry<number[]>('proxy-servers')
  const pool: ServerPool = { ports: await servers.next(), process: servers }
  const load = startEntry<LoadReport>('proxy-load')
  const contenders = new Map<Name, Contender>()
  try {
    const add = (name: Name, contender: Contender | undefined) => {
      if (contender) contenders.set(name, contender)
    }
    add('direct', startNothing(pool))
    add('kept', await startProxy(pool, 'proxy-roundabout', '--keep-connections'))
    add(
      'unrecorded',
      await startProxy(pool, 'proxy-roundabout', '--keep-connections', '--unrecorded'),
    )
    add('relayKept', await startProxy(pool, 'proxy-relay', '--keep-connections'))
    add('relayLooks', await startProxy(pool, 'proxy-looking-relay'))
    add('relayRecords', await startProxy(pool, 'proxy-looking-relay', '--record'))
    add('perMessage', await startProxy(pool, 'proxy-roundabout'))
    add('relayPerMessage', await startProxy(pool, 'proxy-relay'))
    add('nginx', await startNginx(pool))
    add('python', await startThreadedPython(pool))

    const results = { fresh: new Map<Name, Measured[]>(), persistent: new Map<Name, Measured[]>() }
    for (const [name, contender] of contenders) {
      const measuredMs = START_SHORT.has(name) ? SHORT_START_MS : plan.startMs
      for (const shape of SHAPES) await run(load, contender, shape, { warmUpMs: 0, measuredMs })
    }
    for (let round = 0; round < plan.rounds; round++) {
      for (const shape of SHAPES) {
        for (const [name, contender] of contenders) {
          const measured = await run(load, contender, shape, plan)
          const soFar = results[shape].get(name)
          if (soFar) soFar.push(measured)
          else results[shape].set(name, [measured])
        }
      }
    }
    const tables = SHAPES.map((shape) => tableOf(shape, plan.rounds, results[shape]))
    return [...tables, targetsTable(results)]
  } finally {
    for (const contender of contenders.values()) await contender.stop()
    await load.stop()
    await servers.stop()
  }
}

async function run(
  load: Child<LoadReport>,
  { ports, cpuTime }: Contender,
  shape: keyof Results,
  { warmUpMs, measuredMs }: Pick<LoadOrder, 'warmUpMs' | 'measuredMs'>,
): Promise<Measured> {
  const order: LoadOrder = { ports, shape, warmUpMs, measuredMs }
  load.send(order)
  await load.next()
  const before = await cpuTime()
  const done = await load.next()
  const after = await cpuTime()
  if (done.type !== 'done') throw new Error('The load did not say how it went.')
  const { result } = done
  const perMessage = (of: keyof CpuTime) => (after[of] - before[of]) / result.messages
  return { ...result, cpuMicroseconds: perMessage('all'), mainMicroseconds: perMessage('main') }
}

function tableOf(
  shape: keyof Results,
  rounds: number,
  results: ReadonlyMap<Name, readonly Measured[]>,
): BenchTable {
  const rates = (name: Name) => ratesOf(results.get(name))
  const beside = (name: Name, other: Name) => cell(median(ratios(rates(name), rates(other))))
  const rows = [...results].map(([name, measured]) => {
    const middle = (field: keyof Measured) => median(measured.map((round) => round[field]))
    const failed = measured.reduce((sum, { wrong, broken }) => sum + wrong + broken, 0)
    return [
      NAMES[name],
      median(rates(name)),
      middle('p50Ms'),
      middle('p99Ms'),
      cell(middle('cpuMicroseconds')),
      cell(middle('mainMicroseconds')),
      beside(name, 'nginx'),
      beside(name, 'python'),
      failed,
    ]
  })
  const missing = (['nginx', 'python'] as const).filter((name) => !results.has(name))
  return {
    name: TITLES[shape],
    columns: [
      '',
      'messages/s',
      'p50 ms',
      'p99 ms',
      'CPU µs/message',
      'main thread',
      '÷ nginx',
      '÷ Python',
      'failed',
    ],
    rows,
    notes: [
      `76-byte messages, every answer's hash compared; medians of ${rounds} interleaved rounds, ratios round by round.`,
      ...missing.map((name) => `Left out, not installed here: ${NAMES[name]}.`),
    ],
  }
}

function cell(value: number): number | string {
  return Number.isNaN(value) ? '–' : value
}
