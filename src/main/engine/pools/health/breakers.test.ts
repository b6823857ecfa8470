import { expect, it } from 'vitest'
import { members, TestPool } from '../balance/testing'

it('a trial is one also where times are sums of fractions, and an older message is none', () => {
  const pool = new TestPool('round-robin', members('a'), {
    breaker: { messages: 2, failurePercent: 100, openMs: 100, trials: 1 },
  })
  const a = pool.server('a')
  const older = 0.1
  pool.now = older
  pool.pool.began(a)
  for (let count = 0; count < 2; count++) pool.refuses('a')
  expect(pool.pool.dispatch('1').server).toBeUndefined()
  const givenAt = 100.1 + 0.2
  pool.now = givenAt
  pool.pool.began(pool.dispatch().server)
  // Taken from the time of the end, the time in between gives a moment before the beginning.
  pool.now = givenAt + 12_345.678
  expect(pool.now - (pool.now - givenAt)).toBeLessThan(givenAt)
  pool.pool.ended(a, older, 'answered')
  expect(pool.pool.condition(a)).toMatchObject({ cause: 'breaker', trial: true })
  pool.pool.ended(a, givenAt, 'answered')
  expect(pool.isUp('a')).toBe(true)
})
