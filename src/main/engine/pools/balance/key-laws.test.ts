// What the algorithms that hash a key promise, whatever the weights, who is down, and the keys.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fill } from '../../../../shared/balance/maglev-table'
import { xxh64 } from '../../../../shared/balance/xxh64'
import { keys, TestPool, weighted } from './testing'

const weights = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 7 })

function serversOf(list: readonly number[]) {
  return weighted(Object.fromEntries(list.map((weight, index) => [`s${index}`, weight])))
}

describe('keys', () => {
  const down = fc.nat(6)
  const KEYS = keys(120)
  const serversFor = (pool: TestPool) => KEYS.map((key) => pool.dispatch(key).server.id)

  it.each(['hash', 'ring-hash', 'haproxy-ring-hash'] as const)(
    'of others stay where they are when a server goes down: %s',
    (algorithm) => {
      fc.assert(
        fc.property(weights, down, (list, which) => {
          const pool = new TestPool(algorithm, serversOf(list))
          const before = serversFor(pool)
          const gone = `s${which % list.length}`
          pool.set(gone, 'down')
          for (const [index, id] of serversFor(pool).entries()) {
            if (before[index] === gone) expect(id).not.toBe(gone)
            else expect(id).toBe(before[index])
          }
        }),
        { numRuns: 30 },
      )
    },
  )

  it.each(['ring-hash', 'haproxy-ring-hash'] as const)(
    'of others stay where they are when a server leaves, and come to one that joins from anywhere: %s',
    (algorithm) => {
      fc.assert(
        fc.property(weights, down, (list, which) => {
          const pool = new TestPool(algorithm, serversOf(list))
          const before = serversFor(pool)
          const gone = pool.server(`s${which % list.length}`)
          pool.leave(gone.id)
          const without = serversFor(pool)
          for (const [index, id] of without.entries()) {
            if (before[index] !== gone.id) expect(id).toBe(before[index])
          }
          pool.pool.join(gone)
          for (const [index, id] of serversFor(pool).entries()) {
            if (id !== gone.id) expect(id).toBe(without[index])
          }
          expect(serversFor(pool)).toEqual(before)
        }),
        { numRuns: 30 },
      )
    },
  )

  it('have slots in Maglev’s table that differ by one at most, for equal weights', () => {
    const claimants = fc.array(
      fc.record({ offset: fc.nat(250), skip: fc.integer({ min: 1, max: 249 }) }),
      {
        minLength: 1,
        maxLength: 40,
      },
    )
    fc.assert(
      fc.property(claimants, (list) => {
        const table = fill(
          list.map((claimant) => ({ ...claimant, weight: 1 })),
          251,
        )
        const shares = list.map((_, index) => table.filter((owner) => owner === index).length)
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
        expect(shares.reduce((total, share) => total + share, 0)).toBe(251)
      }),
    )
  })

  it('get slots by weight in Maglev’s table', () => {
    const table = fill(
      [1, 2, 4].map((weight, index) => ({ offset: index, skip: index + 1, weight })),
      251,
    )
    const shares = [0, 1, 2].map((index) => table.filter((owner) => owner === index).length)
    expect(shares).toEqual([36, 72, 143])
  })
})

it('hashes as xxHash does', () => {
  const hex = (text: string, seed?: number) => {
    const { high, low } = xxh64(new TextEncoder().encode(text), seed)
    return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
  }
  expect(hex('')).toBe('ef46db3751d8e999')
  expect(hex('a')).toBe('d24ec4f1a98c6e5b')
  expect(hex('abc')).toBe('44bc2cf5ad770999')
  expect(hex('Nobody inspects the spammish repetition')).toBe('fbcea83c8a378bf1')
})
