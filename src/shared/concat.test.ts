import fc from 'fast-check'
import { expect, it } from 'vitest'
import { concat, PartJoiner } from './concat'

it('parts that are put together in the same memory are the same as in memory of their own', () => {
  const joiner = new PartJoiner()
  const parts = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 })
  fc.assert(
    fc.property(parts, (given) => {
      expect(joiner.join(given)).toEqual(concat(given))
    }),
  )
})
