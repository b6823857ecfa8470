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
  startRoundabout,
  startThreadedPython,
} from './contenders'
import type { LoadOrder, LoadReport, LoadResult } from './load'

const ROUNDS = 5
/** Rounds that do not count: compilers take their time, and every contender gets the same. */
const WARM_UP_ROUNDS = 2
const WARM_UP_MS = 300
const MEASURED_MS = 1_200

const SHAPES = ['fresh', 'persistent'] as const
type Shape = (typeof SHAPES)[number]

const TITLES: Record<Shape, string> = {
  fresh: 'Proxy: a new client connection per message, 32 at a time',
  persistent: 'Proxy: 32 persistent clients, one message outstanding each',
}

const NAMES = {
  direct: 'no proxy (the limit)',
  kept: 'Roundabout, kept connections',
  perMessage: 'Roundabout, one per message',
  nginx: 'nginx stream',
  python: 'threaded Python',
}
type Name = keyof typeof NAMES

type Measured = LoadResult & { cpuMicrosecondsPerMessage: number }

export async function benchProxy({ quick }: BenchOptions): Promise<BenchTable[]> {
  const rounds = quick ? 1 : ROUNDS
  const servers = startEntry<number[]>('proxy-servers')
  const pool: ServerPool = { ports: await servers.next(), process: servers }
  const load = startEntry<LoadReport>('proxy-load')
  const contenders = new Map<Name, Contender>()
  try {
    const add = (name: Name, contender: Contender | undefined) => {
      if (contender) contenders.set(name, contender)
    }
    add('direct', startNothing(pool))
    add('kept', await startRoundabout(pool, true))
    add('perMessage', await startRoundabout(pool, false))
    add('nginx', await startNginx(pool))
    add('python', await startThreadedPython(pool))

    const results: Record<Shape, Map<Name, Measured[]>> = {
      fresh: new Map(),
      persistent: new Map(),
    }
    for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
      for (const shape of SHAPES) {
        for (const [name, contender] of contenders) {
          const measured = await run(load, contender, shape)
          if (round < 0) continue
          const soFar = results[shape].get(name)
          if (soFar) soFar.push(measured)
          else results[shape].set(name, [measured])
        }
      }
    }
    return SHAPES.map((shape) => tableOf(shape, rounds, results[shape]))
  } finally {
    for (const contender of contenders.values()) await contender.stop()
    await load.stop()
    await servers.stop()
  }
}

async function run(load: Child<LoadReport>, contender: Contender, shape: Shape): Promise<Measured> {
  const order: LoadOrder = {
    ports: contender.ports,
    shape,
    warmUpMs: WARM_UP_MS,
    measuredMs: MEASURED_MS,
  }
  load.send(order)
  await load.next()
  const cpuBefore = await contender.cpuMicroseconds()
  const done = await load.next()
  const cpuAfter = await contender.cpuMicroseconds()
  if (done.type !== 'done') throw new Error('The load did not say how it went.')
  const { result } = done
  return { ...result, cpuMicrosecondsPerMessage: (cpuAfter - cpuBefore) / result.messages }
}

function tableOf(
  shape: Shape,
  rounds: number,
  results: ReadonlyMap<Name, readonly Measured[]>,
): BenchTable {
  const rates = (name: Name) =>
    (results.get(name) ?? []).map(({ messages, seconds }) => messages / seconds)
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

function cell(value: number): number | string {
  return Number.isNaN(value) ? '–' : value
}
