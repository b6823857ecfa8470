// The real nginx and HAProxy beside our health, backups, limits, queue and retries. Our clock goes by what the real ones say:
// nginx's own clock, HAProxy's own checks. So nothing depends on how fast a machine is.
import { afterEach, describe, expect, it } from 'vitest'
import { TestPool, weighted } from '../../src/main/engine/pools/balance/testing'
import type { AlgorithmName } from '../../src/shared/decision/reason'
import type { PoolValues } from '../../src/shared/settings/pool'
import { NamedServer } from './balancers'
import { Haproxy, hasHaproxy } from './haproxy'
import { hasNginx, Nginx } from './nginx'
import { attempts, type Dispatched } from './ours'

if (!hasNginx) console.warn('NGINX_PATH names no nginx: the tests beside it are skipped.')
if (!hasHaproxy) console.warn('HAPROXY_PATH names no HAProxy: the tests beside it are skipped.')

const cleanUps: (() => void | Promise<void>)[] = []

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

type Weights = Readonly<Record<string, number>>

/** Servers that listen, in both worlds. */
async function begin(
  algorithm: AlgorithmName,
  weights: Weights,
  backups: number,
  settings: Partial<PoolValues>,
) {
  const servers = Object.keys(weights).map((name) => new NamedServer(name, false))
  for (const server of servers) {
    await server.listen()
    cleanUps.push(() => server.stop())
  }
  const members = weighted(weights).map((member, index) => ({
    ...member,
    port: servers[index]?.port ?? 0,
    backup: index >= servers.length - backups,
  }))
  const ours = new TestPool(algorithm, members, settings)
  const refusing = new Set<NamedServer>()
  const named = (name: string): NamedServer => {
    const server = servers.find((one) => one.name === name)
    if (server === undefined) throw new Error(`There is no server ${name}.`)
    return server
  }
  return {
    servers,
    weights: Object.values(weights),
    ours,
    refusing,
    refuse: (name: string) => {
      named(name).refuse()
      refusing.add(named(name))
    },
    listen: async (name: string) => {
      refusing.delete(named(name))
      await named(name).listen()
    },
  }
}

describe.skipIf(!hasNginx)('beside nginx', () => {
  async function besideNginx(weights: Weights, maxFails: number, backups: number) {
    const health = { maxFails, failTimeoutMs: 1_000, answers: false }
    const both = await begin('weighted-round-robin', weights, backups, { health })
    const { servers, ours, refusing } = both
    const fails = { maxFails, failTimeout: '1s', backups }
    const nginx = await Nginx.start(servers, both.weights, '', fails)
    cleanUps.push(() => nginx.stop())
    /** The effective weights of b, wherever it took part. */
    const effective: number[] = []
    const note = ({ reason }: Dispatched) => {
      const views = reason.by === 'weighted-round-robin' ? reason.compared : []
      effective.push(...views.filter(({ server }) => server === 'b').map((view) => view.effective))
    }

    /** A connection in both worlds, at the same time of nginx's clock. */
    async function give(): Promise<string> {
      const real = await nginx.give()
      ours.now = real.at
      const mine = attempts(ours, refusing, { note })
      const last = mine.at(-1) ?? ''
      if (last !== '') ours.answers(last)
      expect(mine).toEqual(real.tried)
      return real.tried.join('>')
    }

    return {
      ...both,
      effective,
      async times(count: number): Promise<string> {
        const given: string[] = []
        for (let number = 0; number < count; number++) given.push(await give())
        return given.join(' ')
      },
      /** Until one goes this way. Whatever comes before it is compared, too. */
      async until(way: RegExp): Promise<string> {
        for (;;) {
          const given = await give()
          if (way.test(given)) return given
        }
      },
    }
  }

  it('a server that failed twice is passed over, tried by one connection, and recovers its weight', async () => {
    const both = await besideNginx({ a: 4, b: 6, c: 1 }, 2, 0)
    const { times, until, refuse, listen, ours, effective } = both
    expect(await times(11)).toContain('b')
    refuse('b')
    await until(/b>/)
    expect(ours.isUp('b')).toBe(true)
    // A success in between does not forgive the failure.
    await listen('b')
    await until(/^b$/)
    refuse('b')
    while (ours.isUp('b')) await until(/b>/)
    const passedOver = ours.pool.condition(ours.server('b'))
    expect(passedOver).toMatchObject({ health: 'down', cause: 'failures' })
    // Its time is over: the next connection is the probe, and begins the time again.
    await until(/b>/)
    const again = ours.pool.condition(ours.server('b'))
    expect(again).toMatchObject({ health: 'down', cause: 'failures' })
    expect(again.until).toBeGreaterThan(passedOver.until ?? 0)
    await times(11)
    await listen('b')
    effective.length = 0
    expect(await until(/b/)).toBe('b')
    expect(ours.isUp('b')).toBe(true)
    await times(22)
    expect(effective[0]).toBeLessThan(6)
    expect(effective.at(-1)).toBe(6)
  })

  it('backups share while nobody else is left, until the time of another one is over', async () => {
    const { times, until, refuse, listen } = await besideNginx({ a: 2, b: 1, c: 1, d: 1 }, 1, 2)
    refuse('a')
    refuse('b')
    await until(/a>/)
    await until(/^c$/)
    await until(/^d$/)
    await listen('a')
    expect(await until(/a/)).toMatch(/^(b>)?a$/)
    await times(6)
  })
})

describe.skipIf(!hasHaproxy)('beside HAProxy', () => {
  async function besideHaproxy(weights: Weights, backups: number, refuses: readonly string[] = []) {
    const checks = {
      ...({ way: 'connect', intervalMs: 200, fall: 3, rise: 2 } as const),
      outside: false,
      errorLimit: 0,
    }
    const settings = { checks, backups: 'haproxy' } as const
    const both = await begin('haproxy-round-robin', weights, backups, settings)
    const { servers, ours, refusing } = both
    for (const name of refuses) both.refuse(name)
    const options = servers.map(
      (_, place) =>
        `check inter 200ms fall 3 rise 2 ${place < servers.length - backups ? '' : 'backup'}`,
    )
    const lines = ['balance roundrobin', 'option log-health-checks']
    const haproxy = await Haproxy.start(servers, both.weights, lines, false, options)
    cleanUps.push(() => haproxy.stop())

    /** What HAProxy says of our server. */
    function stateOf(name: string): string {
      const { health, streak = 0, streakOf = 0 } = ours.pool.condition(ours.server(name))
      if (health === 'up') return `${3 - streak}/3 UP`
      return `${streak}/${streakOf === 0 ? 2 : streakOf} DOWN`
    }

    /** The next thing that happens there happens here, and has the same end. */
    async function follow(): Promise<string> {
      const said = await haproxy.says()
      if (said.of === 'check') {
        ours.pool.checked(ours.server(said.server), said.passed)
        expect(`${said.server} ${stateOf(said.server)}`).toBe(`${said.server} ${said.state}`)
        return `${said.server} ${said.state}`
      }
      const { server } = ours.pool.dispatch('1')
      expect(server?.id ?? '').toBe(said.server)
      if (server === undefined) return 'nobody'
      ours.pool.began(server)
      const isRefused = [...refusing].some(({ name }) => name === server.id)
      if (!isRefused) ours.pool.reached(server)
      ours.pool.ended(server, ours.now - 1, isRefused ? 'unreachable' : 'answered')
      return `to ${server.id}`
    }

    async function until(what: string): Promise<void> {
      while ((await follow()) !== what);
    }

    return {
      ...both,
      haproxy,
      until,
      /** Where connections go to, one after another. */
      async times(count: number): Promise<string> {
        const given: string[] = []
        for (let number = 0; number < count; number++) {
          const connection = await haproxy.hold()
          await connection.close()
          let followed = await follow()
          while (!/^to |nobody/.test(followed)) followed = await follow()
          given.push(followed.replace('to ', ''))
        }
        return given.join(' ')
      },
    }
  }

  it('a server that fails its first check is down at once', async () => {
    const { times, until, listen } = await besideHaproxy({ a: 1, b: 1 }, 0, ['b'])
    await until('b 0/2 DOWN')
    expect(await times(3)).toBe('a a a')
    await listen('b')
    await until('b 1/2 DOWN')
    await until('b 3/3 UP')
    expect(await times(4)).toContain('b')
  })

  it('checks take servers down and bring them back, step by step; the first backup has all alone', async () => {
    const both = await besideHaproxy({ a: 2, b: 1, c: 1, d: 1 }, 2)
    const { times, until, refuse, listen, haproxy } = both
    for (const name of ['a', 'b', 'c', 'd']) await haproxy.stands(name, 'check_status', 'L4OK')
    await times(6)
    refuse('b')
    await until('b 2/3 UP')
    // Not down yet, it has its share of messages, and they fail.
    expect(await times(3)).toContain('b')
    await listen('b')
    await until('b 3/3 UP')
    refuse('a')
    refuse('b')
    await until('b 0/2 DOWN')
    await haproxy.stands('a', 'status', 'DOWN')
    expect(await times(3)).toBe('c c c')
    refuse('c')
    await until('c 0/2 DOWN')
    expect(await times(3)).toBe('d d d')
    await listen('c')
    await until('c 1/2 DOWN')
    await until('c 3/3 UP')
    expect(await times(3)).toBe('c c c')
    await listen('a')
    await listen('b')
    await until('b 3/3 UP')
    await haproxy.stands('a', 'status', 'UP')
    expect(await times(6)).toMatch(/^(a|b| )*$/)
  })
})
