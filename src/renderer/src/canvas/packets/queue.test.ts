import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeInQueue } from './queue'

const progress = fc.double({ min: 0.05, max: 0.95, noNaN: true })

test('the first one stands where it stopped, the others behind it and still on the link', () => {
  fc.assert(
    fc.property(progress, fc.integer({ min: 1, max: 200 }), (at, count) => {
      expect(placeInQueue(at, 0, count)).toBe(at)
      let before = at
      for (let index = 1; index < count; index++) {
        const place = placeInQueue(at, index, count)
        expect(place).toBeGreaterThan(0)
        expect(place).toBeLessThanOrEqual(before)
        before = place
      }
    }),
    { numRuns: 50 },
  )
})

test('a dozen behind a held one stand apart', () => {
  const places = Array.from({ length: 13 }, (_, index) => placeInQueue(0.5, index, 13))
  places.slice(1).forEach((place, index) => {
    expect((places[index] ?? 0) - place).toBeGreaterThan(0.03)
  })
})
