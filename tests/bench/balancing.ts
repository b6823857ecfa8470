// What a choice costs with each algorithm, at few and at many servers, and what it costs to switch to it.
import { createRandom } from '../../src/main/engine/clock/random'
import type { Member } from '../../src/main/engine/pools/balance/algorithm'
import { startAlgorithm } from '../../src/main/engine/pools/balance/registry'
import { Pool } from '../../src/main/engine/pools/pool'
import type { PoolServer } from '../../src/main/engine/pools/pool-server'
import { settled } from '../../src/shared/settings/derive'
import { POOL_SETTINGS } from '../../src/shared/settings/pool'
import type { BenchOptions } from './options'
import { median } from './statistics'
import type { BenchTable } from './table'

const ROUNDS = 5
const MEASURED_MS = 60
const BATCH = 500
const COUNTS = [4, 1_000]
/** How many keys come in turn. */
const KEYS = 1_024
/** Messages that are in flight at a time, for each server. */
const IN_FLIGHT = 2

const TARGETS_US = [1, 5]
const LIMIT = 2

interface Loaded extends Member {
  readonly load: { inFlight: number }
}

export function benchBalancing({ quick }: BenchOptions): BenchTable {
  const rounds = quick ? 1 : ROUNDS
  const rows = POOL_SETTINGS.algorithm.options.map(({ value: algorithm }) => {
    const measured = COUNTS.map((count) =>
      Array.from({ length: rounds }, () => measure(algorithm, count)),
    )
    const limited = COUNTS.map((count) =>
      median(Array.from({ length: rounds }, () => measureLimited(algorithm, count))),
    )
    const middle = (field: 'chooseUs' | 'messageUs' | 'beginMs') =>
      measured.map((all) => median(all.map((one) => one[field])))
    const costs = [...middle('chooseUs'), ...middle('messageUs'), ...limited]
    return [algorithm, ...costs, middle('beginMs')[1] ?? 0]
  })
  return {
    name: 'Balancing: what a choice costs',
    columns: [
      'algorithm',
      ...COUNTS.map((count) => `choice, ${count} servers, µs`),
      ...COUNTS.map((count) => `message, ${count} servers, µs`),
      ...COUNTS.map((count) => `with limits, ${count} servers, µs`),
      'switching at 1,000 servers, ms',
    ],
    rows,
    notes: [
      `Targets: at most ${TARGETS_US[0]} µs a choice at 4 servers, ${TARGETS_US[1]} µs at 1,000, 50 ms to switch.`,
      'Weights 1 to 3. A message is a choice, and that the algorithm hears of its beginning and end. Switching includes the',
      `first choice. With limits: a message in a whole pool whose servers fill at ${LIMIT} messages and have room again, half of all`,
      `places taken. Medians of ${rounds} rounds.`,
    ],
  }
}

function measure(
  algorithm: (typeof POOL_SETTINGS)['algorithm']['default'] | string,
  count: number,
) {
  const settings = { ...settled(POOL_SETTINGS, {}), algorithm } as Parameters<
    typeof startAlgorithm
  >[0]
  const members = Array.from(
    { length: count },
    (_, index): Loaded => ({
      id: String(1_001 + index),
      weight: 1 + (index % 3),
      address: '127.0.0.1',
      port: 21_001 + index,
      load: { inFlight: 0 },
    }),
  )
  const byId = new Map(members.map((member) => [member.id, member]))
  const random = createRandom(1)
  const keys = Array.from({ length: KEYS }, (_, index) => String(2_001 + index))
  let now = 0
  const ask = () => ({ key: keys[now % KEYS] ?? '', tried: 0, waited: false, now: ++now, random })

  const begin = performance.now()
  const running = startAlgorithm(settings, members)
  running.usable(members)
  running.choose(members, ask())
  const beginMs = performance.now() - begin

  const choices = timed(() => {
    running.choose(members, ask())
  })
  const waiting: Loaded[] = []
  const messages = timed(() => {
    const server = byId.get(running.choose(members, ask()).server)
    if (server === undefined) throw new Error('It is no member.')
    server.load.inFlight++
    running.loadChanged?.(server, 1)
    waiting.push(server)
    if (waiting.length <= IN_FLIGHT * count) return
    const answered = waiting.shift()
    if (answered === undefined) return
    answered.load.inFlight--
    running.ended?.(answered, 5, now)
    running.loadChanged?.(answered, -1)
  })
  return { chooseUs: choices, messageUs: messages, beginMs }
}

/** Microseconds for a message in a pool where a server reaches or leaves its limit with about every one. */
function measureLimited(
  algorithm: (typeof POOL_SETTINGS)['algorithm']['default'] | string,
  count: number,
): number {
  const settings = { ...settled(POOL_SETTINGS, {}), algorithm } as Parameters<
    typeof startAlgorithm
  >[0]
  const time = { now: 0 }
  const pool = new Pool<PoolServer>(settings, createRandom(1), time)
  for (let index = 0; index < count; index++) {
    const weight = 1 + (index % 3)
    pool.join({
      id: String(1_001 + index),
      node: `server:${1_001 + index}`,
      settings: { weight, maxConnections: LIMIT },
      weight,
      maxConnections: LIMIT,
      address: '127.0.0.1',
      port: 21_001 + index,
      drain: false,
      backup: false,
      load: { inFlight: 0 },
    })
  }
  const waiting: PoolServer[] = []
  return timed(() => {
    time.now++
    const { server } = pool.dispatch(String(2_001 + (time.now % KEYS)))
    if (server === undefined) throw new Error('Every server is full.')
    pool.began(server)
    waiting.push(server)
    const answered = waiting.length > (LIMIT / 2) * count ? waiting.shift() : undefined
    if (answered) pool.ended(answered, time.now)
  })
}

/** Microseconds for each call. */
function timed(work: () => void): number {
  for (let index = 0; index < BATCH; index++) work()
  let count = 0
  const start = performance.now()
  let passed = 0
  while (passed < MEASURED_MS) {
    for (let index = 0; index < BATCH; index++) work()
    count += BATCH
    passed = performance.now() - start
  }
  return (passed * 1_000) / count
}
