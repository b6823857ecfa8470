import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ShownQuestion } from '../../../shared/lesson/lesson-line'
import { choosing, equalShares, isWhole, withShare } from './lesson-answer'

const ORDER: ShownQuestion = { kind: 'order', question: '', servers: ['100', '300'], length: 2 }
const SERVER: ShownQuestion = { kind: 'server', question: '', servers: ['100', '300'], others: [] }
const NUMBER: ShownQuestion = { kind: 'number', question: '', unit: '', least: 0, most: 10 }

it('shares add up to 100, whatever is moved', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.tuple(fc.nat(11), fc.integer({ min: -20, max: 150 })), { maxLength: 12 }),
      (count, moves) => {
        const servers = Array.from({ length: count }, (_, index) => String(index))
        let shares = equalShares(servers)
        for (const [index, percent] of moves) {
          shares = withShare(shares, String(index % count), percent)
          expect(shares.reduce((sum, share) => sum + share.percent, 0)).toBe(100)
          expect(
            shares.every((share) => share.percent >= 0 && Number.isInteger(share.percent)),
          ).toBe(true)
        }
      },
    ),
  )
})

it('the others keep their proportions, and share equally where they had nothing', () => {
  const shares = [
    { server: 'a', percent: 40 },
    { server: 'b', percent: 40 },
    { server: 'c', percent: 20 },
  ]
  expect(withShare(shares, 'a', 70).map(({ percent }) => percent)).toEqual([70, 20, 10])
  const all = withShare(shares, 'a', 100)
  expect(withShare(all, 'a', 60).map(({ percent }) => percent)).toEqual([60, 20, 20])
})

it('an order is whole when each place is filled, and takes no more', () => {
  const one = choosing(ORDER, null, '300')
  expect(one).toEqual({ kind: 'order', servers: ['300'] })
  expect(isWhole(ORDER, one ?? null)).toBe(false)
  const two = choosing(ORDER, one ?? null, '300') ?? null
  expect(isWhole(ORDER, two)).toBe(true)
  expect(choosing(ORDER, two, '100')).toEqual(two)
})

it('only a server of the question can be chosen', () => {
  expect(choosing(SERVER, null, '100')).toEqual({ kind: 'server', server: '100' })
  expect(choosing(SERVER, null, '200')).toBeUndefined()
  expect(choosing(NUMBER, null, '100')).toBeUndefined()
})

it('a number must be within its range', () => {
  expect(isWhole(NUMBER, { kind: 'number', value: 10 })).toBe(true)
  expect(isWhole(NUMBER, { kind: 'number', value: 11 })).toBe(false)
  expect(isWhole(NUMBER, null)).toBe(false)
})
