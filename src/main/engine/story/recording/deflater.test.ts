import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRandom } from '../../clock/random'
import { Deflater } from './deflater'

function noise(length: number): Uint8Array {
  const random = createRandom(length)
  return Uint8Array.from({ length }, () => Math.floor(random.next() * 256))
}

it('compresses each block as if it were the only one', async () => {
  const deflater = new Deflater()
  const block = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 2_000 }),
    fc.constant(noise(200_000)),
  )
  await fc.assert(
    fc.asyncProperty(block, async (bytes) => {
      const deflated = await deflater.deflate(bytes)
      expect(deflated.length).toBe(deflateRawSync(bytes, { level: 1 }).length)
      expect(inflateRawSync(deflated).equals(bytes)).toBe(true)
    }),
    { numRuns: 50 },
  )
  deflater.close()
})

it('rejects once it is closed', async () => {
  const deflater = new Deflater()
  deflater.close()
  await expect(deflater.deflate(noise(10))).rejects.toThrow()
})
