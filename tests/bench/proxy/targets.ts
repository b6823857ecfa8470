// What the proxy must reach, what it reaches, and beside it the floor: what a bare relay in Node with the same system calls
// reaches under the same load. What is beyond the floor, no proxy in Node reaches on that machine.
import { ratios } from '../statistics'
import { type BenchTable, type Figure, spreadCells } from '../table'
import type { LoadResult } from './load'

export type Name =
  | 'direct'
  | 'kept'
  | 'unrecorded'
  | 'relayKept'
  | 'perMessage'
  | 'relayPerMessage'
  | 'nginx'
  | 'python'

/** CPU time for each message: of all threads, and of the main thread, which limits how many get through. */
export type Measured = LoadResult & { cpuMicroseconds: number; mainMicroseconds: number }

/** The rounds of each proxy, with a client connection for each message or with persistent ones. */
export type Results = Record<'fresh' | 'persistent', ReadonlyMap<Name, readonly Measured[]>>

interface Target {
  name: string
  /** At least, or for costs at the most; undefined: what explains another target. */
  must?: string
  of: (proxy: Name) => readonly number[]
  proxy: Name
  relay?: Name
  /** The figure's name for the relay. */
  floor?: string
}

export function ratesOf(measured: readonly Measured[] = []): number[] {
  return measured.map(({ messages, seconds }) => messages / seconds)
}

export function targetsTable({ persistent, fresh }: Results): BenchTable {
  const rate = (shape: Results['fresh'], other: Name) => (proxy: Name) =>
    ratios(ratesOf(shape.get(proxy)), ratesOf(shape.get(other)))
  const cost = (of: 'cpuMicroseconds' | 'mainMicroseconds') => (proxy: Name) =>
    (persistent.get(proxy) ?? []).map((measured) => measured[of])
  const recording = (of: 'cpuMicroseconds' | 'mainMicroseconds') => (proxy: Name) =>
    ratios(cost(of)(proxy), cost(of)('unrecorded'))
  const targets: Target[] = [
    {
      name: 'proxy kept ÷ nginx',
      must: '≥ 1',
      of: rate(persistent, 'nginx'),
      proxy: 'kept',
      relay: 'relayKept',
      floor: 'bare relay kept ÷ nginx',
    },
    {
      name: 'proxy kept, new connections ÷ nginx',
      must: '≥ 1',
      of: rate(fresh, 'nginx'),
      proxy: 'kept',
      relay: 'relayKept',
      floor: 'bare relay kept, new connections ÷ nginx',
    },
    {
      name: 'proxy each ÷ Python',
      must: '≥ 2.5',
      of: rate(persistent, 'python'),
      proxy: 'perMessage',
      relay: 'relayPerMessage',
      floor: 'bare relay each ÷ Python',
    },
    {
      name: 'proxy each, new connections ÷ Python',
      must: '≥ 3',
      of: rate(fresh, 'python'),
      proxy: 'perMessage',
      relay: 'relayPerMessage',
      floor: 'bare relay each, new connections ÷ Python',
    },
    {
      name: 'proxy CPU recording on ÷ off',
      must: '≤ 1.15',
      of: recording('cpuMicroseconds'),
      proxy: 'kept',
    },
    {
      name: 'proxy main thread recording on ÷ off',
      of: recording('mainMicroseconds'),
      proxy: 'kept',
    },
    {
      name: 'proxy kept, CPU µs a message',
      of: cost('cpuMicroseconds'),
      proxy: 'kept',
      relay: 'relayKept',
      floor: 'bare relay kept, CPU µs a message',
    },
    {
      name: 'proxy kept, main thread µs a message',
      of: cost('mainMicroseconds'),
      proxy: 'kept',
      relay: 'relayKept',
      floor: 'bare relay kept, main thread µs a message',
    },
    {
      name: 'proxy kept, not recorded, CPU µs a message',
      of: cost('cpuMicroseconds'),
      proxy: 'unrecorded',
      relay: 'relayKept',
    },
  ]
  const rows = targets.map(({ name, must = '', of, proxy, relay }) => [
    name,
    must,
    ...spreadCells(of(proxy)),
    ...(relay === undefined ? ['–', '–', '–'] : spreadCells(of(relay))),
  ])
  const figures: Figure[] = targets.map(({ name, of, proxy }) => ({ name, rounds: of(proxy) }))
  for (const { of, relay, floor } of targets) {
    if (relay !== undefined && floor !== undefined) figures.push({ name: floor, rounds: of(relay) })
  }
  return {
    name: 'Proxy: the targets, round by round',
    columns: ['', 'must', 'median', 'least', 'most', 'floor', 'its least', 'its most'],
    rows,
    notes: [
      'Floor: a bare relay in Node with the same system calls. All targets are for recorded messages.',
    ],
    figures,
  }
}
