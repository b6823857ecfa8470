import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bucketOf, bucketsAt, countIn, Histogram, merged, percentile, timeOf } from './histogram'

const microseconds = fc.oneof(
  fc.nat({ max: 1000 }),
  fc.nat({ max: 2 ** 31 - 1 }),
  fc.integer({ min: 0, max: 2 ** 45 }),
  fc.integer({ min: 0, max: 44 }).map((bit) => 2 ** bit - 1),
)
const times = fc.array(
  microseconds.map((value) => value / 1000),
  { minLength: 1, maxLength: 200 },
)
const sparseOf = (list: readonly number[]) => {
  const histogram = new Histogram()
  for (const ms of list) histogram.add(ms)
  return histogram.sparse
}

it('a bucket is within 1 % of each of its times, and exact below 128 µs', () => {
  fc.assert(
    fc.property(microseconds, (value) => {
      const shown = timeOf(bucketOf(value / 1000)) * 1000
      if (value < 128) expect(shown).toBeCloseTo(value, 9)
      else expect(Math.abs(shown - value) / value).toBeLessThanOrEqual(0.01)
    }),
  )
})

it('a later time is never in an earlier bucket', () => {
  fc.assert(
    fc.property(microseconds, microseconds, (one, other) => {
      const [less, more] = one < other ? [one, other] : [other, one]
      expect(bucketOf(less / 1000)).toBeLessThanOrEqual(bucketOf(more / 1000))
    }),
  )
})

it('merging is counting everything in one histogram, in either order', () => {
  fc.assert(
    fc.property(times, times, (one, other) => {
      const [a, b] = [sparseOf(one), sparseOf(other)]
      expect(merged(a, b)).toEqual(sparseOf([...one, ...other]))
      expect(merged(b, a)).toEqual(merged(a, b))
      expect(countIn(merged(a, b))).toBe(one.length + other.length)
    }),
  )
})

it('one that was cleared counts as a new one does', () => {
  fc.assert(
    fc.property(times, times, (before, list) => {
      const histogram = new Histogram()
      for (const ms of before) histogram.add(ms)
      histogram.clear()
      expect(histogram.sparse).toEqual([])
      for (const ms of list) histogram.add(ms)
      expect(histogram.sparse).toEqual(sparseOf(list))
    }),
  )
})

it('a percentile is within 1 % of the sorted list’s, by nearest rank', () => {
  fc.assert(
    fc.property(times, fc.constantFrom(0.5, 0.9, 0.99, 1), (list, share) => {
      const sorted = [...list].sort((one, other) => one - other)
      const exact = sorted[Math.max(1, Math.ceil(share * sorted.length - 1e-9)) - 1] ?? 0
      const shown = percentile(sparseOf(list), share) ?? Number.NaN
      expect(Math.abs(shown - exact)).toBeLessThanOrEqual(exact * 0.01 + 1e-9)
    }),
  )
})

it('percentiles never fall as the share grows', () => {
  fc.assert(
    fc.property(times, (list) => {
      const found = bucketsAt(sparseOf(list), [0, 0.1, 0.5, 0.9, 0.99, 0.999, 1])
      expect(found).toHaveLength(7)
      expect(found).toEqual([...found].sort((one, other) => one - other))
    }),
  )
})

it('nothing counted has no percentile', () => {
  expect(percentile([], 0.5)).toBeUndefined()
})
