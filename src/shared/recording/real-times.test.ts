import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decodeRealTimes, encodeRealTimes } from './real-times'

/** To the microsecond, between 1970 and 2100. */
const time = fc.integer({ min: 0, max: 4_102_444_800_000_000 }).map((us) => us / 1000)

it('gives back all times, to the microsecond, whichever way they go', () => {
  fc.assert(
    fc.property(fc.array(time, { minLength: 1, maxLength: 40 }), (realTimes) => {
      expect(decodeRealTimes(encodeRealTimes(realTimes), realTimes.length)).toEqual(realTimes)
    }),
  )
})

it('takes a byte or two for times that are near one another', () => {
  const realTimes = Array.from({ length: 100 }, (_, index) => 1_700_000_000_000 + index * 4)
  expect(encodeRealTimes(realTimes).length).toBeLessThan(8 + 200)
})

it('does not take other bytes for times', () => {
  const bytes = encodeRealTimes([1, 2, 3])
  expect(decodeRealTimes(bytes, 2)).toBeUndefined()
  expect(decodeRealTimes(bytes, 4)).toBeUndefined()
  expect(decodeRealTimes(bytes.subarray(0, 7), 1)).toBeUndefined()
  expect(
    decodeRealTimes(Uint8Array.of(...encodeRealTimes([1]), ...Array(20).fill(255)), 2),
  ).toBeUndefined()
})
