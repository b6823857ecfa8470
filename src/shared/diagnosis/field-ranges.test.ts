import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fieldIn, fieldRanges, MAX_MARKED_BYTES, type Range } from './field-ranges'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textIn = (bytes: Uint8Array, { from, to }: Range) =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to))

/** JSON text with white space between everything, and some characters written as escapes. */
const space = fc.constantFrom('', ' ', '\n', '\t', '\r\n  ')
const string = fc
  .tuple(fc.string({ unit: 'binary', maxLength: 8 }), fc.boolean())
  .map(([text, escaped]) =>
    escaped
      ? `"${[...text].map((each) => [...units(each)].map(escapeOf).join('')).join('')}"`
      : JSON.stringify(text),
  )
const value = fc.oneof(
  string,
  fc.jsonValue({ maxDepth: 2 }).map((each) => JSON.stringify(each)),
)
const object = fc
  .array(fc.tuple(string, value, space, space, space, space), { maxLength: 6 })
  .map((fields) => {
    const text = fields.map(([key, written, a, b, c, d]) => `${a}${key}${b}:${c}${written}${d}`)
    return { fields, text: `{${text.join(',')}}` }
  })

function* units(text: string): Iterable<number> {
  for (let place = 0; place < text.length; place++) yield text.charCodeAt(place)
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`
}

it('gives the bytes of every key and value, whatever is written in the message', () => {
  fc.assert(
    fc.property(space, object, space, fc.boolean(), (before, { fields, text }, after, mark) => {
      const bytes = bytesOf(`${mark ? '\ufeff' : ''}${before}${text}${after}`)
      const ranges = fieldRanges(bytes)
      expect(ranges.map(({ key }) => textIn(bytes, key))).toEqual(fields.map(([key]) => key))
      expect(ranges.map((range) => textIn(bytes, range.value))).toEqual(
        fields.map(([, written]) => written),
      )
      expect(ranges.map(({ name }) => name)).toEqual(
        fields.map(([key]) => JSON.parse(key) as unknown),
      )
    }),
  )
})

it.each([
  ['no JSON', bytesOf('GET / HTTP/1.1')],
  ['no object', bytesOf('[{"type":0}]')],
  ['two objects', bytesOf('{"type":0}{"type":0}')],
  ['not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
  ['nothing', new Uint8Array()],
])('has no fields in bytes that are %s', (_name, bytes) => {
  expect(fieldRanges(bytes)).toEqual([])
})

it('does not take very large messages apart', () => {
  const padded = (length: number) => bytesOf('{"a":1}'.padEnd(length))
  expect(fieldRanges(padded(MAX_MARKED_BYTES))).toHaveLength(1)
  expect(fieldRanges(padded(MAX_MARKED_BYTES + 1))).toEqual([])
})

it('finds the field that has most of the bytes that are marked', () => {
  //                        0123456789012345678
  const fields = fieldRanges(bytesOf('{"a":1, "bcd":23}'))
  expect(fieldIn(fields, { from: 5, to: 6 })).toBe(0)
  expect(fieldIn(fields, { from: 1, to: 2 })).toBe(0)
  expect(fieldIn(fields, { from: 4, to: 12 })).toBe(1)
  expect(fieldIn(fields, { from: 13, to: 14 })).toBe(1)
  expect(fieldIn(fields, { from: 6, to: 8 })).toBeUndefined()
  expect(fieldIn(fields, { from: 0, to: 1 })).toBeUndefined()
})
