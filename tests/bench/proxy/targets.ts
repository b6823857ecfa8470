// What the proxy must reach, what it reaches, and beside it three floors in Node under the same load: a bare relay with the same
// system calls, one that also reads, checks and records each message, and one that also gives account of all that it does. Each
// shows what can be reached at least on that machine. None of them proves that more is beyond Node: better code may be less work.
import { ratios } from '../statistics'
import { type BenchTable, type Figure, spreadCells } from '../table'
import type { LoadResult } from './load'

export type Name =
  | 'direct'
  | 'kept'
  | 'unrecorded'
  | 'relayKept'
  | 'relayLooks'
  | 'relayRecords'
  | 'relayAccounts'
  | 'perMessage'
  | 'relayPerMessage'
  | 'relayAccountsPerMessage'
  | 'nginx'
  | 'python'

/** CPU time for each message: of all threads, and of the main thread, which limits how many get through. */
export type Measured = LoadResult & { cpuMicroseconds: number; mainMicroseconds: number }

/** The rounds of each proxy, with a client connection for each message or with persistent ones. */
export type Results = Record<'fresh' | 'persistent', ReadonlyMap<Name, readonly Measured[]>>

const SPREAD = ['median', 'least', 'most']

interface Target {
  name: string
  /** At least, or for costs at the most; undefined: what explains another target. */
  must?: string
  of: (proxy: Name) => readonly number[]
  proxy: Name
  /** The relays that are its floors. */
  bare?: Floor
  looking?: Floor
  accounting?: Floor
}

interface Floor {
  readonly relay: Name
  /** The figure's name. */
  readonly figure: string
}

const bareKept = (figure: string): Floor => ({
  relay: 'relayKept',
  figure: `bare relay kept${figure}`,
})
const bareEach = (figure: string): Floor => ({
  relay: 'relayPerMessage',
  figure: `bare relay each${figure}`,
})
const looksKept = (figure: string): Floor => ({
  relay: 'relayLooks',
  figure: `looking relay kept, not recorded${figure}`,
})
const recordsKept = (figure: string): Floor => ({
  relay: 'relayRecords',
  figure: `looking relay kept${figure}`,
})
const accountsKept = (figure: string): Floor => ({
  relay: 'relayAccounts',
  figure: `accounting relay kept${figure}`,
})
const accountsEach = (figure: string): Floor => ({
  relay: 'relayAccountsPerMessage',
  figure: `accounting relay each${figure}`,
})

export function ratesOf(measured: readonly Measured[] = []): number[] {
  return measured.map(({ messages, seconds }) => messages / seconds)
}

export function targetsTable({ persistent, fresh }: Results, notes: readonly string[]): BenchTable {
  const rate = (shape: Results['fresh'], other: Name) => (proxy: Name) =>
    ratios(ratesOf(shape.get(proxy)), ratesOf(shape.get(other)))
  const cost = (of: 'cpuMicroseconds' | 'mainMicroseconds') => (proxy: Name) =>
    (persistent.get(proxy) ?? []).map((measured) => measured[of])
  const recording = (of: 'cpuMicroseconds' | 'mainMicroseconds', off: Name) => (proxy: Name) =>
    ratios(cost(of)(proxy), cost(of)(off))
  const targets: Target[] = [
    {
      name: 'proxy kept ÷ nginx',
      must: '≥ 1',
      of: rate(persistent, 'nginx'),
      proxy: 'kept',
      bare: bareKept(' ÷ nginx'),
      looking: recordsKept(' ÷ nginx'),
      accounting: accountsKept(' ÷ nginx'),
    },
    {
      name: 'proxy kept, not recorded ÷ nginx',
      of: rate(persistent, 'nginx'),
      proxy: 'unrecorded',
      looking: looksKept(' ÷ nginx'),
    },
    {
      name: 'proxy kept, new connections ÷ nginx',
      must: '≥ 1',
      of: rate(fresh, 'nginx'),
      proxy: 'kept',
      bare: bareKept(', new connections ÷ nginx'),
      looking: recordsKept(', new connections ÷ nginx'),
      accounting: accountsKept(', new connections ÷ nginx'),
    },
    {
      name: 'proxy each ÷ Python',
      must: '≥ 2.5',
      of: rate(persistent, 'python'),
      proxy: 'perMessage',
      bare: bareEach(' ÷ Python'),
      accounting: accountsEach(' ÷ Python'),
    },
    {
      name: 'proxy each, new connections ÷ Python',
      must: '≥ 3',
      of: rate(fresh, 'python'),
      proxy: 'perMessage',
      bare: bareEach(', new connections ÷ Python'),
      accounting: accountsEach(', new connections ÷ Python'),
    },
    {
      name: 'proxy CPU recording on ÷ off',
      must: '≤ 1.15',
      of: recording('cpuMicroseconds', 'unrecorded'),
      proxy: 'kept',
    },
    {
      name: 'looking relay CPU recording on ÷ off',
      of: recording('cpuMicroseconds', 'relayLooks'),
      proxy: 'relayRecords',
    },
    {
      name: 'proxy main thread recording on ÷ off',
      of: recording('mainMicroseconds', 'unrecorded'),
      proxy: 'kept',
    },
    {
      name: 'proxy kept, CPU µs a message',
      of: cost('cpuMicroseconds'),
      proxy: 'kept',
      bare: bareKept(', CPU µs a message'),
      looking: recordsKept(', CPU µs a message'),
      accounting: accountsKept(', CPU µs a message'),
    },
    {
      name: 'proxy kept, main thread µs a message',
      of: cost('mainMicroseconds'),
      proxy: 'kept',
      bare: bareKept(', main thread µs a message'),
      looking: recordsKept(', main thread µs a message'),
      accounting: accountsKept(', main thread µs a message'),
    },
    {
      name: 'proxy each, main thread µs a message',
      of: cost('mainMicroseconds'),
      proxy: 'perMessage',
      bare: bareEach(', main thread µs a message'),
      accounting: accountsEach(', main thread µs a message'),
    },
    {
      name: 'proxy kept, not recorded, CPU µs a message',
      of: cost('cpuMicroseconds'),
      proxy: 'unrecorded',
      looking: looksKept(', CPU µs a message'),
    },
  ]
  const floors = ({ of, bare, looking, accounting }: Target) =>
    [bare, looking, accounting].map(
      (floor) => floor && { name: floor.figure, rounds: of(floor.relay) },
    )
  const rows = targets.map((target) => {
    const { name, must = '', of, proxy } = target
    return [
      name,
      must,
      ...spreadCells(of(proxy)),
      ...floors(target).flatMap((floor) => spreadCells(floor?.rounds ?? [])),
    ]
  })
  const figures: Figure[] = targets.map(({ name, of, proxy }) => ({ name, rounds: of(proxy) }))
  figures.push(...targets.flatMap(floors).filter((floor) => floor !== undefined))
  return {
    name: 'Proxy: the targets, round by round',
    columns: [
      '',
      'must',
      ...SPREAD,
      'bare relay',
      ...SPREAD.slice(1),
      'looking',
      ...SPREAD.slice(1),
      'accounting',
      ...SPREAD.slice(1),
    ],
    rows,
    notes: [
      'Three floors, all in Node: a bare relay with the same system calls; one that also reads, checks and (where the row does not',
      'say otherwise) records each message; and one that also counts, orders, limits, and can show all that it does.',
      ...notes,
    ],
    figures,
  }
}
