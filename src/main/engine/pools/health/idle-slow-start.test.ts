// A slow start where every message is answered before the next one comes: what docs/balancing.md says of it.
import { expect, it } from 'vitest'
import { members, TestPool } from '../balance/testing'
import { HAPROXY_CHECKS, HAPROXY_SLOW_START } from './testing'

const MESSAGES = 400

/** How many of them a starting server gets beside one with its whole weight. */
function share(algorithm: 'random' | 'two-choices' | 'haproxy-least-connections'): number {
  const pool = new TestPool(algorithm, members('a', 'b'), {
    slowStart: HAPROXY_SLOW_START,
    checks: { ...HAPROXY_CHECKS, fall: 1, rise: 1 },
  })
  pool.pool.checked(pool.server('b'), false)
  pool.pool.checked(pool.server('b'), true)
  expect(pool.server('b').weight).toBe(1 / 16)
  return pool.oneByOne(MESSAGES).split('b').length - 1
}

it('is seen by chance, not by two choices or by HAProxy’s queue of idle servers', () => {
  expect(share('random')).toBeLessThan(MESSAGES / 8)
  expect(share('two-choices')).toBeGreaterThan(0.9 * MESSAGES)
  expect(share('haproxy-least-connections')).toBe(MESSAGES / 2)
})
