import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ChurningMap } from './churning-map'

it('has what a map has, in the same order, however many entries have come and gone', () => {
  const numbers = fc.array(fc.nat(40), { minLength: 1_500, maxLength: 3_000 })
  fc.assert(
    fc.property(numbers, (keys) => {
      const churning = new ChurningMap<number, number>()
      const map = new Map<number, number>()
      keys.forEach((key, place) => {
        if (map.has(key)) {
          expect(churning.delete(key)).toBe(map.delete(key))
          expect(churning.delete(key)).toBe(false)
        } else {
          churning.set(key, place)
          map.set(key, place)
        }
        expect(churning.get(key)).toBe(map.get(key))
        expect(churning.has(key)).toBe(map.has(key))
      })
      expect(churning.size).toBe(map.size)
      expect([...churning.keys()]).toEqual([...map.keys()])
      expect([...churning.values()]).toEqual([...map.values()])
    }),
    { numRuns: 20 },
  )
})
