import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeWalls, encodeWalls } from './walls'

/** To the microsecond, between 1970 and 2100. */
const wall = fc.integer({ min: 0, max: 4_102_444_800_000_000 }).map((us) => us / 1000)

it('gives back all times, to the microsecond, whichever way they go', () => {
  fc.assert(
    fc.property(fc.array(wall, { minLength: 1, maxLength: 40 }), (walls) => {
      expect(decodeWalls(encodeWalls(walls), walls.length)).toEqual(walls)
    }),
  )
})

it('takes a byte or two for times that are near one another', () => {
  const walls = Array.from({ length: 100 }, (_, index) => 1_700_000_000_000 + index * 4)
  expect(encodeWalls(walls).length).toBeLessThan(8 + 200)
})

it('does not take other bytes for times', () => {
  const bytes = encodeWalls([1, 2, 3])
  expect(decodeWalls(bytes, 2)).toBeUndefined()
  expect(decodeWalls(bytes, 4)).toBeUndefined()
  expect(decodeWalls(bytes.subarray(0, 7), 1)).toBeUndefined()
  expect(decodeWalls(Uint8Array.of(...encodeWalls([1]), ...Array(20).fill(255)), 2)).toBeUndefined()
})
