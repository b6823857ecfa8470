// What the real ones were measured to do, replayed in a whole pool.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PoolValues } from '../../../../shared/settings/pool'
import { createRandom } from '../../clock/random'
import { members, TestPool, weighted } from '../balance/testing'
import { ENVOY_OUTLIERS, HAPROXY_CHECKS, HAPROXY_SLOW_START } from './testing'

const NGINX = { health: { maxFails: 1, failTimeoutMs: 10_000, answers: false } }
const OUTLIERS = { ...ENVOY_OUTLIERS, consecutiveErrors: 1, maxPercent: 100 }

/** The servers of the next messages; those of `refusing` are tried and fail, and are not told. Nobody: a dash. */
function chosen(pool: TestPool, count: number, refusing = ''): string {
  return Array.from({ length: count }, () => {
    const tried: string[] = []
    for (;;) {
      const { server } = pool.pool.dispatch('1', tried)
      if (server === undefined) return '-'
      pool.pool.began(server)
      if (!refusing.includes(server.id)) {
        pool.pool.reached(server)
        pool.pool.ended(server, pool.now - 1)
        return server.id
      }
      pool.pool.ended(server, pool.now - 1, 'unreachable')
      tried.push(server.id)
    }
  }).join(' ')
}

function withBackups(settings: Partial<PoolValues>): TestPool {
  const all = members('a', 'b', 'c', 'd')
  for (const one of all.slice(2)) one.backup = true
  return new TestPool('weighted-round-robin', all, settings)
}

describe('nginx', () => {
  it('gives one message as a trial after the time, and everything after its success', () => {
    const pool = new TestPool('weighted-round-robin', members('a', 'b'), NGINX)
    expect(chosen(pool, 4, 'a')).toBe('b b b b')
    expect(pool.pool.condition(pool.server('a'))).toEqual({
      health: 'down',
      cause: 'failures',
      until: 11_000,
    })
    pool.now = 11_000
    // It has lost its effective weight, and gets it back as it is looked at.
    expect(pool.held(8)).toBe('b b a b b b b b')
    expect(pool.pool.condition(pool.server('a'))).toMatchObject({ until: 22_000, trial: true })
    pool.pool.reached(pool.server('a'))
    expect(pool.isUp('a')).toBe(true)
  })

  it('refuses where all have failed: there is no last resort', () => {
    const pool = new TestPool('weighted-round-robin', members('a', 'b'), NGINX)
    expect(chosen(pool, 2, 'ab')).toBe('- -')
    expect(pool.pool.dispatch('1').passedOver).toEqual([
      { server: 'a', why: 'failing' },
      { server: 'b', why: 'failing' },
    ])
  })

  it('lets backups share, and goes back at once when the time of another is over', () => {
    const pool = withBackups(NGINX)
    expect(chosen(pool, 5, 'ab')).toBe('c d c d c')
    pool.now = 11_000
    expect(chosen(pool, 4)).not.toMatch(/[cd]/)
  })

  it('uses backups also where the others are full: a a b b b b', () => {
    const [a, b] = members('a', 'b')
    if (a === undefined || b === undefined) throw new Error('Two are needed.')
    a.settings = { weight: 1, maxConnections: 2 }
    b.backup = true
    const pool = new TestPool('weighted-round-robin', [a, b])
    expect(pool.held(6)).toBe('a a b b b b')
  })

  it('with answers judged sees what it says, too', () => {
    const judging = { health: { ...NGINX.health, answers: true } }
    for (const outcome of ['closed', 'silent', 'badAnswer', 'wrongHash'] as const) {
      for (const [settings, isUp] of [
        [NGINX, true],
        [judging, false],
      ] as const) {
        const pool = new TestPool('weighted-round-robin', members('a', 'b'), settings)
        const { server } = pool.dispatch()
        pool.pool.began(server)
        pool.pool.reached(server)
        pool.pool.ended(server, pool.now - 1, outcome)
        expect(pool.isUp('a')).toBe(isUp)
      }
    }
  })
})

describe('HAProxy', () => {
  const check = (pool: TestPool, id: string, ...results: boolean[]) => {
    for (const passed of results) pool.pool.checked(pool.server(id), passed)
  }

  it('takes the first backup that is up, and it alone: c c c c, then d d d d', () => {
    const pool = withBackups({ backups: 'haproxy', checks: HAPROXY_CHECKS })
    for (const id of ['a', 'b']) check(pool, id, false, false, false)
    expect(pool.oneByOne(4)).toBe('c c c c')
    check(pool, 'c', false, false, false)
    expect(pool.oneByOne(4)).toBe('d d d d')
    check(pool, 'a', true, true)
    expect(pool.oneByOne(2)).toBe('a a')
  })

  it('marks down at its error limit, as measured: - b - b - b b b b b', () => {
    const pool = new TestPool('haproxy-round-robin', members('a', 'b'), {
      checks: { ...HAPROXY_CHECKS, errorLimit: 3 },
    })
    const story = Array.from({ length: 10 }, () => {
      const { server } = pool.dispatch()
      pool.pool.began(server)
      if (server.id === 'a') pool.pool.ended(server, pool.now - 1, 'unreachable')
      else {
        pool.pool.reached(server)
        pool.pool.ended(server, pool.now - 1)
      }
      return server.id === 'a' ? '-' : server.id
    })
    expect(story.join(' ')).toBe('- b - b - b b b b b')
    expect(pool.pool.condition(pool.server('a'))).toEqual({ health: 'down', cause: 'errors' })
    check(pool, 'a', true)
    expect(pool.pool.condition(pool.server('a'))).toMatchObject({ streak: 1, streakOf: 2 })
    check(pool, 'a', true)
    expect(pool.isUp('a')).toBe(true)
  })

  it('starts slowly after a server was down: shares of 60 beside an equal one, as measured', () => {
    const pool = new TestPool('haproxy-round-robin', weighted({ a: 100, b: 100 }), {
      checks: HAPROXY_CHECKS,
      slowStart: HAPROXY_SLOW_START,
    })
    expect(pool.pool.condition(pool.server('b'))).toEqual({ health: 'up' })
    check(pool, 'b', false, false, false)
    check(pool, 'b', true, true)
    const shares: number[] = []
    const shown: number[] = []
    for (let second = 0; second <= 10; second++) {
      pool.now = second * 1_000
      if (pool.pool.nextTick() === pool.now) pool.pool.tick()
      shown.push(Math.ceil(pool.server('b').weight))
      shares.push(pool.oneByOne(60).split('b').length - 1)
    }
    expect(shown).toEqual([7, 13, 25, 32, 44, 57, 63, 75, 82, 94, 100])
    const measured = [3, 6, 12, 14, 18, 22, 23, 26, 27, 29, 30]
    for (const [second, share] of shares.entries()) {
      expect(Math.abs(share - (measured[second] ?? 0))).toBeLessThanOrEqual(1)
    }
    expect(pool.pool.nextTick()).toBeUndefined()
  })
})

describe('Envoy', () => {
  const pool = (panicPercent: number) =>
    new TestPool('weighted-round-robin', members('a', 'b', 'c', 'd'), {
      outliers: OUTLIERS,
      panicPercent,
    })

  it('ejects, and a sweep lets the server back', () => {
    const envoy = pool(0)
    expect(chosen(envoy, 4, 'a')).toBe('b c d b')
    expect(envoy.pool.condition(envoy.server('a'))).toEqual({
      health: 'down',
      cause: 'ejected',
      until: 30_000,
    })
    for (const now of [10_000, 20_000]) {
      expect(envoy.pool.nextTick()).toBe(now)
      envoy.now = now
      envoy.pool.tick()
    }
    expect(envoy.isUp('a')).toBe(false)
    envoy.now = 30_000
    envoy.pool.tick()
    expect(envoy.isUp('a')).toBe(true)
  })

  it('panics below the threshold: health is ignored, and the ejected ones get their share', () => {
    const envoy = pool(50)
    chosen(envoy, 4, 'ab')
    expect(envoy.dispatch().panic).toBeUndefined()
    chosen(envoy, 4, 'abc')
    const { panic, passedOver } = envoy.dispatch()
    expect([panic, passedOver]).toEqual([{ healthy: 1, of: 4 }, []])
    expect(new Set(envoy.oneByOne(8).split(' '))).toEqual(new Set('abcd'))
  })

  it('without a threshold refuses where all are ejected', () => {
    expect(chosen(pool(0), 5, 'abcd')).toBe('- - - - -')
  })

  it('starts a new server slowly, too', () => {
    const envoy = new TestPool('weighted-round-robin', members('a', 'b'), {
      slowStart: { ...HAPROXY_SLOW_START, way: 'envoy', windowMs: 60_000 },
    })
    expect(envoy.pool.condition(envoy.server('a'))).toEqual({ health: 'up', weightPercent: 10 })
    envoy.now = 30_000
    envoy.pool.tick()
    expect(envoy.pool.condition(envoy.server('a'))).toMatchObject({ weightPercent: 50 })
  })
})

describe('whatever happens to a pool', () => {
  const happenings = fc.array(
    fc.record({
      what: fc.constantFrom('choose', 'refuse', 'close', 'check', 'wait', 'drain', 'weigh'),
      which: fc.nat(4),
      more: fc.nat(12),
    }),
    { maxLength: 120 },
  )

  it('nobody is over its limit, and nobody that drains, is down or is passed over is chosen', () => {
    fc.assert(
      fc.property(happenings, fc.boolean(), fc.boolean(), (story, passive, slow) => {
        const all = weighted({ a: 3, b: 2, c: 5, d: 1, e: 1 })
        for (const member of all) member.settings = { ...member.settings, maxConnections: 3 }
        const pool = new TestPool(
          'weighted-round-robin',
          all,
          {
            ...(passive ? NGINX : {}),
            checks: { ...HAPROXY_CHECKS, errorLimit: 2 },
            outliers: { ...OUTLIERS, maxPercent: 40 },
            ...(slow && { slowStart: HAPROXY_SLOW_START }),
          },
          createRandom(1),
        )
        for (const { what, which, more } of story) {
          const server = all[which]
          if (server === undefined) continue
          if (what === 'wait') {
            for (const end = pool.now + more * 1_000; ; ) {
              const tick = pool.pool.nextTick()
              if (tick === undefined || tick > end) {
                pool.now = end
                break
              }
              pool.now = Math.max(pool.now, tick)
              pool.pool.tick()
            }
          } else if (what === 'check') pool.pool.checked(server, more % 2 === 0)
          else if (what === 'drain') {
            server.drain = more % 2 === 0
            pool.pool.memberChanged()
          } else if (what === 'weigh') {
            server.settings = { weight: 1 + more, maxConnections: 3 }
            pool.pool.memberChanged()
          } else {
            const { server: one, passedOver } = pool.pool.dispatch('1')
            expect(passedOver.length + (one ? 1 : 0)).toBeLessThanOrEqual(all.length)
            if (one === undefined) {
              expect(passedOver).toHaveLength(all.length)
              for (const { id, load } of all) while (load.inFlight > 0) pool.answers(id)
              continue
            }
            expect(one.drain).toBe(false)
            expect(passedOver.map((other) => other.server)).not.toContain(one.id)
            if (!passive) expect(pool.isUp(one.id)).toBe(true)
            pool.pool.began(one)
            expect(one.load.inFlight).toBeLessThanOrEqual(one.maxConnections)
            if (what === 'choose') pool.pool.reached(one)
            else pool.pool.ended(one, pool.now - 1, what === 'refuse' ? 'unreachable' : 'closed')
          }
        }
      }),
    )
  })
})
