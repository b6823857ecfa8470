import { expect, it } from 'vitest'
import { members, TestPool } from './balance/testing'
import { HAPROXY_SLOW_START } from './health/testing'

it('a limit rises from 1, and row and receipt say what it is now', () => {
  const limited = members('a', 'b').map((member) => {
    return { ...member, settings: { ...member.settings, maxConnections: 10 } }
  })
  const test = new TestPool('haproxy-round-robin', limited, { slowStart: HAPROXY_SLOW_START })
  const { pool } = test
  const b = test.server('b')
  pool.began(b)
  pool.ended(b, 0, 'unreachable')
  pool.registered(b)
  expect(pool.condition(b)).toMatchObject({ health: 'up', limit: 1 })
  pool.began(b)
  expect(pool.passedOver).toEqual([{ server: 'b', why: 'full', inFlight: 1, limit: 1 }])
})
