import { constants, deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inflate } from './inflate'

const { Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE } = constants
const options = fc.record({
  level: fc.nat(9),
  strategy: fc.constantFrom(Z_DEFAULT_STRATEGY, Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE),
})

/** Noise, few different bytes, and what repeats itself near and far. */
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 2_000 }),
  fc.array(fc.nat(3), { maxLength: 5_000 }).map((bytes) => Uint8Array.from(bytes)),
  fc
    .tuple(
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.uint8Array({ maxLength: 90 }),
      fc.nat(200),
    )
    .map(([one, other, times]) =>
      Uint8Array.from(Array.from({ length: times }, () => [...one, ...other]).flat()),
    ),
)

describe('inflating', () => {
  it('gives back what was deflated, however it was', () => {
    fc.assert(
      fc.property(contents, options, (bytes, how) => {
        const inflated = inflate(deflateRawSync(bytes, how), bytes.length)
        expect(Buffer.compare(inflated, bytes)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  it('reaches back as far as it goes, and copies as much as it can', () => {
    const far = Uint8Array.from({ length: 32_768 }, (_, index) => (index * index * 7_919) >> 5)
    const bytes = Buffer.concat([far, far, new Uint8Array(70_000)])
    expect(Buffer.compare(inflate(deflateRawSync(bytes), bytes.length), bytes)).toBe(0)
  })

  it('throws where it comes to another size, or is cut short', () => {
    const bytes = Buffer.from('round and round and round it goes')
    const packed = deflateRawSync(bytes)
    expect(() => inflate(packed, bytes.length + 1)).toThrow()
    expect(() => inflate(packed, bytes.length - 1)).toThrow()
    expect(() => inflate(packed, 1e9)).toThrow('It cannot inflate to that much.')
    for (let end = 0; end < packed.length; end++) {
      expect(() => inflate(packed.subarray(0, end), bytes.length)).toThrow()
    }
  })

  it('throws or comes to its size, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(3_000), (noise, size) => {
        try {
          expect(inflate(noise, size)).toHaveLength(size)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
