import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstWrongByte, utf8Length } from './utf8'

const utf8 = new TextEncoder()

it('counts as many bytes as are sent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(utf8Length(text)).toBe(utf8.encode(text).length)
    }),
  )
  expect(utf8Length('ä😀')).toBe(6)
})

it('finds no wrong byte in a text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(firstWrongByte(utf8.encode(text))).toBeUndefined()
    }),
  )
})

it('finds a byte that no text has, wherever it stands between characters', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const bytes = [...utf8.encode(before), 0xff, ...utf8.encode(after)]
      expect(firstWrongByte(Uint8Array.from(bytes))).toBe(utf8Length(before))
    }),
  )
})

it('gives the length of bytes that end within a character', () => {
  const cut = utf8.encode('price: €').slice(0, -1)
  expect(firstWrongByte(cut)).toBe(cut.length)
})
