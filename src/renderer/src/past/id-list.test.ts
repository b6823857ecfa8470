import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countUpTo, IdList } from './id-list'

const rising = fc
  .uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 60 })
  .map((ids) => ids.sort((a, b) => a - b))

it('gives the ids of a span, as a plain list would', () => {
  fc.assert(
    fc.property(rising, fc.nat(60), fc.nat(310), fc.nat(310), (ids, cut, after, upTo) => {
      const list = new IdList(Uint32Array.from(ids.slice(0, cut)))
      list.push(ids.slice(cut))
      expect([...list.between(after, Math.max(after, upTo))]).toEqual(
        ids.filter((id) => id > after && id <= upTo),
      )
    }),
  )
})

it('leaves a span that was given as it was when it grows', () => {
  const list = new IdList()
  list.push([1, 2, 3])
  const before = list.between(0, 3)
  for (let id = 4; id < 2_000; id++) list.push([id])
  expect([...before]).toEqual([1, 2, 3])
  expect(list.between(0, 2_000).length).toBe(1_999)
})

it('counts by halving', () => {
  expect(countUpTo(Uint32Array.of(2, 4, 6), 1)).toBe(0)
  expect(countUpTo(Uint32Array.of(2, 4, 6), 4)).toBe(2)
  expect(countUpTo(Uint32Array.of(2, 4, 6), 9)).toBe(3)
})
