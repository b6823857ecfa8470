// The proxy beside nginx, a student's proxy and no proxy at all, before the same servers and under the same load.
// All take turns within a round, so that a ratio compares what ran side by side; figures are medians.
import { type Child, startEntry } from '../children'
import type { BenchOptions } from '../options'
import { median, ratios } from '../statistics'
import { type BenchTable, spreadCells } from '../table'
import {
  type Contender,
  type ServerPool,
  startNginx,
  startNothing,
  startProxy,
  startThreadedPython,
} from './contenders'
import type { LoadOrder, LoadReport, LoadResult } from './load'

/** `warmUpRounds` do not count: compilers take their time, and every contender gets the same. */
const USUAL = { rounds: 7, warmUpRounds: 2, warmUpMs: 300, measuredMs: 1_200 }
const QUICK = { rounds: 3, warmUpRounds: 1, warmUpMs: 150, measuredMs: 400 }
type Plan = typeof USUAL

const SHAPES = ['fresh', 'persistent'] as const
type Shape = (typeof SHAPES)[number]

const TITLES: Record<Shape, string> = {
  fresh: 'Proxy: a new client connection per message, 32 at a time',
  persistent: 'Proxy: 32 persistent clients, one message outstanding each',
}

const NAMES = {
  direct: 'no proxy (the limit)',
  kept: 'Roundabout, kept connections',
  unrecorded: 'the same, not recorded',
  relayKept: 'bare Node relay, kept',
  perMessage: 'Roundabout, one per message',
  relayPerMessage: 'bare Node relay, one per message',
  nginx: 'nginx stream',
  python: 'threaded Python',
}
type Name = keyof typeof NAMES

type Measured = LoadResult & { cpuMicrosecondsPerMessage: number }
type Results = Record<Shape, Map<Name, Measured[]>>

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
    add('perMessage', await startProxy(pool, 'proxy-roundabout'))
    add('relayPerMessage', await startProxy(pool, 'proxy-relay'))
    add('nginx', await startNginx(pool))
    add('python', await startThreadedPython(pool))

    const results: Results = { fresh: new Map(), persistent: new Map() }
    for (let round = -plan.warmUpRounds; round < plan.rounds; round++) {
      for (const shape of SHAPES) {
        for (const [name, contender] of contenders) {
          if (name === 'unrecorded' && shape === 'fresh') continue
          const measured = await run(load, contender, shape, plan)
          if (round < 0) continue
          const soFar = results[shape].get(name)
          if (soFar) soFar.push(measured)
          else results[shape].set(name, [measured])
        }
      }
    }
    const tables = SHAPES.map((shape) => tableOf(shape, plan.rounds, results[shape]))
    return [...tables, comparison(results)]
  } finally {
    for (const contender of contenders.values()) await contender.stop()
    await load.stop()
    await servers.stop()
  }
}

async function run(
  load: Child<LoadReport>,
  { ports, cpuMicroseconds }: Contender,
  shape: Shape,
  { warmUpMs, measuredMs }: Plan,
): Promise<Measured> {
  const order: LoadOrder = { ports, shape, warmUpMs, measuredMs }
  load.send(order)
  await load.next()
  const cpuBefore = await cpuMicroseconds()
  const done = await load.next()
  const cpuAfter = await cpuMicroseconds()
  if (done.type !== 'done') throw new Error('The load did not say how it went.')
  const { result } = done
  return { ...result, cpuMicrosecondsPerMessage: (cpuAfter - cpuBefore) / result.messages }
}

function tableOf(
  shape: Shape,
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
      cell(middle('cpuMicrosecondsPerMessage')),
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

/** The ratios that matter, with their spread over the rounds. */
function comparison({ persistent, fresh }: Results): BenchTable {
  const rate = (shape: Results[Shape], name: Name, other: Name) =>
    ratios(ratesOf(shape.get(name)), ratesOf(shape.get(other)))
  const cpu = (name: Name) =>
    (persistent.get(name) ?? []).map((measured) => measured.cpuMicrosecondsPerMessage)
  const figures = [
    { name: 'proxy kept ÷ nginx', rounds: rate(persistent, 'kept', 'nginx') },
    { name: 'proxy kept, new connections ÷ nginx', rounds: rate(fresh, 'kept', 'nginx') },
    { name: 'proxy each ÷ Python', rounds: rate(persistent, 'perMessage', 'python') },
    { name: 'proxy each, new connections ÷ Python', rounds: rate(fresh, 'perMessage', 'python') },
    { name: 'proxy CPU recording on ÷ off', rounds: ratios(cpu('kept'), cpu('unrecorded')) },
    { name: 'bare relay kept ÷ nginx', rounds: rate(persistent, 'relayKept', 'nginx') },
    { name: 'bare relay kept, new connections ÷ nginx', rounds: rate(fresh, 'relayKept', 'nginx') },
    { name: 'bare relay each ÷ Python', rounds: rate(persistent, 'relayPerMessage', 'python') },
    {
      name: 'bare relay each, new connections ÷ Python',
      rounds: rate(fresh, 'relayPerMessage', 'python'),
    },
  ]
  return {
    name: 'Proxy: the ratios, round by round',
    columns: ['messages/s, or CPU µs/message', 'median', 'least', 'most'],
    rows: figures.map(({ name, rounds }) => [name, ...spreadCells(rounds)]),
    figures,
  }
}

function ratesOf(measured: readonly Measured[] = []): number[] {
  return measured.map(({ messages, seconds }) => messages / seconds)
}

function cell(value: number): number | string {
  return Number.isNaN(value) ? '–' : value
}
