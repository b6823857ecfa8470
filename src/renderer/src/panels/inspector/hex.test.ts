import { expect, it } from 'vitest'
import { hexRow, hexRows } from './hex'

it('writes eight bytes a row as hex and text, with dots for what is not printable', () => {
  const bytes = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0xc3, 0xa4, 0x0a, 0x7d])
  expect(hexRows(bytes)).toBe(2)
  expect(hexRow(bytes, 0)).toEqual({
    offset: '0000',
    hex: '7b 22 61 22 3a c3 a4 0a',
    text: '{"a":···',
  })
  expect(hexRow(bytes, 1)).toEqual({ offset: '0008', hex: '7d', text: '}' })
})

it('has no rows for no bytes', () => {
  expect(hexRows(new Uint8Array())).toBe(0)
})
