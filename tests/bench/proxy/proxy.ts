// The proxy beside nginx, a student's proxy, relays that do a part of its work, and no proxy at all, before the same servers and
// under the same load. All take turns within a round, so that a ratio compares what ran side by side; figures are medians.
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
 * Every contender in Node gets load first, which does not count: with a new connection for each message alone, V8 compiles the
 * proxy for about four seconds, and after a second of persistent clients for one more. The quick form gives the relays, which
 * have less to compile, less of it. What is no target, but explains one, is measured for a shorter time.
 */
const USUAL = {
  rounds: 7,
  startMs: { persistent: 2_000, fresh: 3_000 },
  ownStartMs: { persistent: 2_000, fresh: 3_000 },
  warmUpMs: 300,
  measuredMs: 1_200,
  explainingMs: 600,
}
const QUICK = {
  rounds: 5,
  startMs: { persistent: 800, fresh: 1_000 },
  ownStartMs: { persistent: 1_000, fresh: 1_600 },
  warmUpMs: 80,
  measuredMs: 220,
  explainingMs: 100,
}
/** The time before measuring, for contenders that have nothing to compile. */
const SHORT_START_MS = 200
const START_SHORT: ReadonlySet<Name> = new Set(['direct', 'nginx', 'python'])
const OWN: ReadonlySet<Name> = new Set(['kept', 'unrecorded', 'perMessage'])
const EXPLAINING: ReadonlySet<Name> = new Set([
  'direct',
  'relayKept',
  'relayLooks',
  'relayRecords',
  'relayAccounts',
  'relayPerMessage',
  'relayAccountsPerMessage',
])

const ACCOUNTING = ['relayAccounts', 'relayAccountsPerMessage'] as const

const SHAPES = ['persistent', 'fresh'] as const

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
  relayAccounts: 'Node relay that gives account, kept',
  perMessage: 'Roundabout, one per message',
  relayPerMessage: 'bare Node relay, one per message',
  relayAccountsPerMessage: 'Node relay that gives account, one per message',
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
    // Those that are compared most stand side by side.
    add('direct', startNothing(pool))
    add('relayKept', await startProxy(pool, 'proxy-relay', '--keep-connections'))
    add('relayLooks', await startProxy(pool, 'proxy-looking-relay'))
    add('relayRecords', await startProxy(pool, 'proxy-looking-relay', '--record'))
    add('relayAccounts', await startProxy(pool, 'proxy-accounting-relay', '--keep-connections'))
    add('nginx', await startNginx(pool))
    add('kept', await startProxy(pool, 'proxy-roundabout', '--keep-connections'))
    add(
      'unrecorded',
      await startProxy(pool, 'proxy-roundabout', '--keep-connections', '--unrecorded'),
    )
    add('perMessage', await startProxy(pool, 'proxy-roundabout'))
    add('python', await startThreadedPython(pool))
    add('relayPerMessage', await startProxy(pool, 'proxy-relay'))
    add('relayAccountsPerMessage', await startProxy(pool, 'proxy-accounting-relay'))

    const results = { fresh: new Map<Name, Measured[]>(), persistent: new Map<Name, Measured[]>() }
    const asked = new Map<Name, number>()
    const runOne = async (name: Name, shape: keyof Results, warmUpMs: number, ms: number) => {
      const contender = contenders.get(name)
      if (contender === undefined) throw new Error(`${name} does not take part.`)
      const measured = await run(load, contender, { shape, warmUpMs, measuredMs: ms })
      asked.set(name, (asked.get(name) ?? 0) + measured.asked)
      return measured
    }
    for (const name of contenders.keys()) {
      for (const shape of SHAPES) {
        const startMs = OWN.has(name) ? plan.ownStartMs[shape] : plan.startMs[shape]
        await runOne(name, shape, 0, START_SHORT.has(name) ? SHORT_START_MS : startMs)
      }
    }
    for (let round = 0; round < plan.rounds; round++) {
      // What is slow after another, or in a moment of the machine, must not be so in each round.
      const names = round % 2 === 0 ? [...contenders.keys()] : [...contenders.keys()].reverse()
      for (const shape of SHAPES) {
        for (const name of names) {
          const ms = EXPLAINING.has(name) ? plan.explainingMs : plan.measuredMs
          const measured = await runOne(name, shape, plan.warmUpMs, ms)
          const soFar = results[shape].get(name)
          if (soFar) soFar.push(measured)
          else results[shape].set(name, [measured])
        }
      }
    }
    const notes: string[] = []
    for (const name of ACCOUNTING)
      notes.push(await accountNote(contenders.get(name), asked.get(name)))
    const tables = SHAPES.map((shape) => tableOf(shape, plan.rounds, results[shape]))
    return [...tables, targetsTable(results, notes)]
  } finally {
    for (const contender of contenders.values()) await contender.stop()
    await load.stop()
    await servers.stop()
  }
}

async function run(
  load: Child<LoadReport>,
  { ports, cpuTime }: Contender,
  how: Omit<LoadOrder, 'ports'>,
): Promise<Measured> {
  const order: LoadOrder = { ports, ...how }
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

/** Throws if the relay that gives account has a wrong one: what it does would be no floor. */
async function accountNote(
  relay: Contender | undefined,
  asked: number | undefined,
): Promise<string> {
  const account = await relay?.account?.()
  if (account === undefined) throw new Error('The relay gave no account.')
  const { questions, answers, events, bytes, faults } = account
  if (questions !== asked) faults.push(`It counts ${questions} questions of ${asked}.`)
  if (answers !== asked) faults.push(`It counts ${answers} answers to ${asked} questions.`)
  if (faults.length > 0) throw new Error(`The relay's account is wrong. ${faults.join(' ')}`)
  const [read, inBytes] = [events, bytes].map((number) => number.toLocaleString('en'))
  return `An account's ${read} events, ${inBytes} bytes of packets, were read back from its file and agree with its counters.`
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
