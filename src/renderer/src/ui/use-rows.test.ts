import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rowRange } from './use-rows'

const lists = fc.record({
  count: fc.oneof(fc.nat(30), fc.nat(2_000_000)),
  rowHeight: fc.constantFrom(18, 20, 31, 40),
  headings: fc.constantFrom(0 as const, 1 as const),
  offset: fc.nat(80_000_000),
  view: fc.nat(2_000),
})

it('draws every row that can be seen, and few others', () => {
  fc.assert(
    fc.property(lists, ({ offset, view, ...list }) => {
      const { count, rowHeight, headings } = list
      const { first, end } = rowRange(list, offset, view)
      expect(first).toBeGreaterThanOrEqual(0)
      expect(end).toBeLessThanOrEqual(count)
      expect(end - first).toBeLessThanOrEqual(view / rowHeight + 15)
      // A visible row is below the headings and above the lower edge.
      const topOf = (row: number) => (row + headings) * rowHeight - offset
      const isSeen = (row: number) =>
        topOf(row) + rowHeight > headings * rowHeight && topOf(row) < view
      for (const row of [first - 1, end]) {
        if (row >= 0 && row < count) expect(isSeen(row)).toBe(false)
      }
    }),
  )
})

it('draws the first rows of a list that is not measured yet', () => {
  expect(rowRange({ count: 100, rowHeight: 31, headings: 1 }, 0, 0)).toEqual({ first: 0, end: 5 })
  expect(rowRange({ count: 0, rowHeight: 31 }, 0, 500)).toEqual({ first: 0, end: 0 })
})
