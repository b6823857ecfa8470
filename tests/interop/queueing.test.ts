// The real HAProxy beside the lab's whole proxy: limits, the queue, and what comes after a failure.
import { afterEach, describe, expect, it } from 'vitest'
import { createRandom } from '../../src/main/engine/clock/random'
import { type Held, NamedServer } from './balancers'
import { Haproxy, hasHaproxy } from './haproxy'
import { OurProxy } from './our-proxy'

if (!hasHaproxy) console.warn('HAPROXY_PATH names no HAProxy: the tests beside it are skipped.')

const cleanUps: (() => void | Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

const ALGORITHMS = [
  ['haproxy-round-robin', 'balance roundrobin'],
  ['haproxy-least-connections', 'balance leastconn'],
] as const

interface Given {
  readonly weight?: number
  readonly maxConnections?: number
  readonly refuses?: boolean
}

async function begin(
  servers: Readonly<Record<string, Given>>,
  pool: Parameters<typeof OurProxy.start>[0],
  lines: readonly string[],
) {
  const ours = await OurProxy.start(pool, servers)
  cleanUps.push(() => ours.close())
  const named = Object.keys(servers).map((name) => new NamedServer(name, false))
  for (const server of named) {
    await server.listen()
    cleanUps.push(() => server.stop())
    if (servers[server.name]?.refuses) server.refuse()
  }
  const given = Object.values(servers)
  const weights = given.map(({ weight = 1 }) => weight)
  const options = given.map(({ maxConnections = 0 }) => `maxconn ${maxConnections}`)
  const haproxy = await Haproxy.start(named, weights, lines, false, options)
  cleanUps.push(() => haproxy.stop())
  return { ours, haproxy }
}

describe.skipIf(!hasHaproxy)('beside HAProxy', () => {
  it('full servers let messages wait: a freed slot takes the oldest, the longest wait is refused', async () => {
    const { ours, haproxy } = await begin(
      { a: { maxConnections: 2 }, b: { maxConnections: 1 } },
      { algorithm: 'haproxy-round-robin', queue: { max: 1024, timeoutMs: 1_500 } },
      ['balance roundrobin', 'timeout queue 1500ms'],
    )
    const real: string[] = []
    const held: Held[] = []
    for (let number = 0; number < 3; number++) {
      const connection = await haproxy.hold()
      held.push(connection)
      real.push(connection.name)
    }
    expect(real).toEqual(['a', 'b', 'a'])
    const mine = [...ours.ask(), ...ours.ask(), ...ours.ask()]
    const fourth = haproxy.hold()
    await haproxy.stands('BACKEND', 'qcur', '1')
    const fifth = haproxy.hold()
    await haproxy.stands('BACKEND', 'qcur', '2')
    expect([...ours.ask(), ...ours.ask()]).toEqual([])
    expect(ours.waiting).toBe(2)
    await held[1]?.close()
    const freed = await fourth
    real.push(freed.name)
    mine.push(...ours.answer('b'))
    real.push((await fifth).name)
    mine.push(...ours.pass(1_500))
    expect(mine.map(({ server }) => server ?? '')).toEqual(real)
    expect(real.slice(3)).toEqual(['b', ''])
    expect(ours.waiting).toBe(0)
    for (const connection of [...held, freed]) await connection.close()
  })

  it.each(
    ALGORITHMS.flatMap(([algorithm, balance]) =>
      [1, 2, 3].map((seed) => [algorithm, balance, seed] as const),
    ),
  )(
    '%s: the queue is served in the same order by the same servers (%s, seed %i)',
    async (algorithm, balance, seed) => {
      const random = createRandom(seed, 'queue')
      const names = ['a', 'b', 'c'].slice(0, 2 + random.integer(2))
      const servers = names.map((name) => {
        const [weight, maxConnections] = [1 + random.integer(4), 1 + random.integer(3)]
        return [name, { weight, maxConnections }] as const
      })
      const { ours, haproxy } = await begin(
        Object.fromEntries(servers),
        { algorithm, queue: { max: 1024, timeoutMs: 3_600_000 } },
        [balance, 'timeout queue 1h'],
      )
      const waiting: Promise<Held>[] = []
      const held: Held[] = []
      const chosen: [ours: string, theirs: string][] = []
      for (let step = 0; step < 80; step++) {
        const isFree = held.length > 0 && (waiting.length > 4 || random.integer(2) === 0)
        const leaving = isFree ? held.splice(random.integer(held.length), 1)[0] : undefined
        if (leaving === undefined) waiting.push(haproxy.hold())
        else await leaving.close()
        for (const { server } of leaving ? ours.answer(leaving.name) : ours.ask()) {
          const connection = await waiting.shift()
          if (connection) held.push(connection)
          chosen.push([server ?? '', connection?.name ?? ''])
        }
        await haproxy.stands('BACKEND', 'qcur', String(ours.waiting))
        await haproxy.settles(held.length + waiting.length)
      }
      expect(chosen.map(([mine]) => mine).join(' ')).toBe(chosen.map(([, real]) => real).join(' '))
      for (const connection of held) await connection.close()
      for (const connection of waiting) await (await connection).close()
    },
  )

  /** Somebody else decides about health: who refuses stays in the pool, as in HAProxy without checks. */
  const health = { maxFails: 1000, failTimeoutMs: 3_600_000, answers: false }
  const retries = { on: 'unreachable', idempotent: false, backoffMs: 0, budgetPercent: 0 } as const

  it.each(ALGORITHMS)(
    '%s: a message that was refused goes to another server at once',
    async (algorithm, balance) => {
      const { ours, haproxy } = await begin(
        { a: { weight: 2 }, b: { weight: 2, refuses: true }, c: {} },
        { algorithm, health, retries: { ...retries, max: 3, to: 'other' } },
        [balance, 'retries 3', 'option redispatch'],
      )
      const chosen: [ours: string, theirs: string][] = []
      for (let number = 0; number < 12; number++) {
        const connection = await haproxy.hold()
        await connection.close()
        await haproxy.settles(0)
        const said = await haproxy.says()
        if (said.of !== 'connection') throw new Error('HAProxy says nothing of the connection.')
        // The first connection to a program that has just registered is tried for a moment.
        const decisions = [...ours.ask(), ...ours.pass(5_000)]
        const { server } = decisions.at(-1) ?? {}
        ours.answer(server ?? '')
        chosen.push([`${server} ${decisions.length - 1}`, `${said.server} ${Number(said.retries)}`])
      }
      expect(chosen.map(([mine]) => mine)).toEqual(chosen.map(([, real]) => real))
      expect(chosen.map(([, real]) => real)).toContain('c 1')
    },
  )
})
