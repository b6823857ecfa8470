import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteQueue } from './byte-queue'

it('gives the bytes that were appended, however they are taken', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 20 }), fc.nat(30))), (script) => {
      const queue = new ByteQueue()
      const taken: Uint8Array[] = []
      let expected = 0
      for (const [chunk, count] of script) {
        queue.append(chunk)
        expected += chunk.length
        const bytes = queue.take(count)
        expect(bytes.length).toBe(Math.min(count, expected))
        expected -= bytes.length
        expect(queue.length).toBe(expected)
        taken.push(bytes)
      }
      taken.push(queue.take(queue.length))
      const appended = Buffer.concat(script.map(([chunk]) => chunk))
      expect(Buffer.concat(taken).equals(appended)).toBe(true)
    }),
    { seed: 11 },
  )
})
