import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRandom, type Random } from './random'

const take = (random: Random, count: number) => Array.from({ length: count }, () => random.next())

it('gives the same numbers for a seed and others for another', () => {
  expect(take(createRandom(1), 20)).toEqual(take(createRandom(1), 20))
  expect(take(createRandom(1), 20)).not.toEqual(take(createRandom(2), 20))
})

it('stays in range and reaches every whole number about equally often', () => {
  const random = createRandom(42)
  expect(take(random, 10_000).every((number) => number >= 0 && number < 1)).toBe(true)
  const counts = Array.from({ length: 10 }, () => 0)
  for (let i = 0; i < 100_000; i++) {
    const drawn = random.integer(10)
    counts[drawn] = (counts[drawn] ?? 0) + 1
  }
  // Five standard deviations of a fair draw: sqrt(100_000 × 0.1 × 0.9) is 95.
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(475)
  for (const below of [0, -1, 1.5, Number.NaN])
    expect(() => random.integer(below)).toThrow(RangeError)
})

it('gives each name numbers of its own', () => {
  const names = fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 2 })
  fc.assert(
    fc.property(fc.integer(), names, (seed, [one, other]) => {
      const numbers = take(createRandom(seed, one), 20)
      expect(take(createRandom(seed, one), 20)).toEqual(numbers)
      expect(take(createRandom(seed, other), 20)).not.toEqual(numbers)
    }),
    { seed: 3 },
  )
})
