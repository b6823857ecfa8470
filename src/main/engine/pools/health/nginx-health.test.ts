import { expect, it } from 'vitest'
import { members, TestPool } from '../balance/testing'

it('what the only server did is not held against it when another one joins', () => {
  const [a, b] = members('a', 'b')
  if (a === undefined || b === undefined) throw new Error('Two are needed.')
  const health = { maxFails: 1, failTimeoutMs: 10_000, answers: false }
  const pool = new TestPool('weighted-round-robin', [a], { health })
  pool.refuses('a')
  pool.servers.set('b', b)
  pool.pool.join(b)
  expect(pool.isUp('a')).toBe(true)
  expect(pool.oneByOne(4)).toBe('a b a b')
  pool.refuses('a')
  expect(pool.isUp('a')).toBe(false)
  pool.leave('b')
  expect(pool.isUp('a')).toBe(true)
})
