import fc from 'fast-check'
import { expect, it } from 'vitest'
import { crc32 } from './crc32'

const bytesOf = new TextEncoder()

it('is the checksum that zip and PNG have', () => {
  expect(crc32(bytesOf.encode('123456789'))).toBe(0xcbf43926)
  expect(crc32(new Uint8Array(0))).toBe(0)
})

it('goes on from the bytes before, wherever they are cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 90 }), fc.nat(90), (bytes, cut) => {
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(crc32(bytes))
    }),
  )
})

it('is another one where a single bit is', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 90 }), fc.nat(), (bytes, place) => {
      const other = bytes.slice()
      const index = place % bytes.length
      other[index] = (other[index] ?? 0) ^ (1 << (place % 8))
      expect(crc32(other)).not.toBe(crc32(bytes))
    }),
  )
})
