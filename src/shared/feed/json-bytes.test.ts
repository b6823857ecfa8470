import fc from 'fast-check'
import { expect, it } from 'vitest'
import { JsonBytes } from './json-bytes'

const textOf = ({ bytes, length }: JsonBytes) => new TextDecoder().decode(bytes.subarray(0, length))

it('writes the text that JSON.stringify writes', () => {
  const values = fc.array(
    fc.oneof(
      fc.maxSafeNat(),
      fc.double(),
      fc.integer(),
      fc.tuple(fc.nat(), fc.integer({ min: 1, max: 2 ** 20 })).map(([n, x]) => (n * x) / 1_000),
      fc.constantFrom(0.001, 0.0001, 1.5, 4_294_967.295, 2 ** 50 / 1_000, 2 ** 49 / 1_000),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(0, 9, 10, 2 ** 30 - 1, 2 ** 30, 2 ** 53 - 1, 2 ** 53, -0, null, undefined),
      fc.jsonValue(),
      fc.record({ by: fc.string(), turn: fc.option(fc.string(), { nil: undefined }) }),
    ),
  )
  fc.assert(
    fc.property(values, (items) => {
      const json = new JsonBytes()
      json.openList()
      items.forEach((item, index) => {
        if (index > 0) json.comma()
        json.value(item)
      })
      json.closeList()
      expect(textOf(json)).toBe(JSON.stringify(items))
    }),
  )
})

it('grows, and forgets no byte of what it has', () => {
  const json = new JsonBytes()
  const texts = Array.from({ length: 5_000 }, (_, index) => `id ${index} of many`)
  for (const text of texts) json.text(text)
  for (const text of texts) json.text(text)
  expect(textOf(json)).toBe([...texts, ...texts].map((text) => JSON.stringify(text)).join(''))
})
