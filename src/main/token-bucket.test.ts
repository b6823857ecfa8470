import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TokenBucket } from './token-bucket'

it('lets a burst through, then so many a second', () => {
  let nowMs = 0
  const bucket = new TokenBucket({ perSecond: 10, burst: 3 }, () => nowMs)
  expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false])
  nowMs = 99
  expect(bucket.take()).toBe(false)
  nowMs = 100
  expect([bucket.take(), bucket.take()]).toEqual([true, false])
})

it('saves up no more than a burst', () => {
  let nowMs = 0
  const bucket = new TokenBucket({ perSecond: 10, burst: 3 }, () => nowMs)
  nowMs = 3_600_000
  expect(bucket.take(4)).toBe(false)
  expect(bucket.take(3)).toBe(true)
  expect(bucket.take()).toBe(false)
})

it('lets through no more than a burst and the rate, whatever is asked and when', () => {
  const asked = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 30 })),
  )
  fc.assert(
    fc.property(asked, (steps) => {
      let nowMs = 0
      let taken = 0
      const bucket = new TokenBucket({ perSecond: 20, burst: 25 }, () => nowMs)
      for (const [waitMs, count] of steps) {
        nowMs += waitMs
        if (bucket.take(count)) taken += count
        expect(taken).toBeLessThanOrEqual(25 + (nowMs / 1_000) * 20 + 1e-6)
      }
    }),
  )
})
