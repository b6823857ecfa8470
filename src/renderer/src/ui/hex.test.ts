import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hexOffset, hexRow, hexRows, type Marking, markingOf, moved, rangeOf } from './hex'

it('writes eight bytes a row as hex and text, with dots for what is not printable', () => {
  const bytes = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0xc3, 0xa4, 0x0a, 0x7d])
  expect(hexRows(bytes)).toBe(2)
  const row = hexRow(bytes, 0)
  expect(row.map(({ hex }) => hex).join(' ')).toBe('7b 22 61 22 3a c3 a4 0a')
  expect(row.map(({ text }) => text).join('')).toBe('{"a":···')
  expect(hexRow(bytes, 1)).toEqual([{ at: 8, hex: '7d', text: '}' }])
  expect(hexOffset(1)).toBe('0008')
})

it('has no rows for no bytes', () => {
  expect(hexRows(new Uint8Array())).toBe(0)
})

const press = (key: string, parts: { shiftKey?: boolean; ctrlKey?: boolean } = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  ...parts,
})

it.each([
  ['ArrowRight', 10, 11],
  ['ArrowLeft', 0, 0],
  ['ArrowUp', 10, 2],
  ['ArrowUp', 5, 5],
  ['ArrowDown', 10, 18],
  ['ArrowDown', 18, 18],
  ['Home', 10, 8],
  ['End', 10, 15],
  ['End', 18, 19],
  ['PageDown', 1, 17],
  ['PageUp', 1, 0],
])('moves with %s from byte %d to %d', (key, from, to) => {
  expect(moved({ anchor: from, head: from }, press(key), 20, 2)).toEqual({ anchor: to, head: to })
})

it('goes to the ends with Ctrl, grows with Shift, and begins at the first byte', () => {
  const at = { anchor: 10, head: 10 }
  expect(moved(at, press('End', { ctrlKey: true }), 20, 2)).toEqual({ anchor: 19, head: 19 })
  expect(moved(at, press('ArrowLeft', { shiftKey: true }), 20, 2)).toEqual({ anchor: 10, head: 9 })
  expect(moved(undefined, press('ArrowDown', { shiftKey: true }), 20, 2)).toEqual({
    anchor: 0,
    head: 0,
  })
  expect(moved(at, press('x'), 20, 2)).toBeUndefined()
  expect(moved(undefined, press('ArrowDown'), 0, 2)).toBeUndefined()
})

it('stays within the bytes whatever is pressed', () => {
  const keys = [
    'ArrowUp',
    'ArrowDown',
    'ArrowLeft',
    'ArrowRight',
    'Home',
    'End',
    'PageUp',
    'PageDown',
  ]
  const presses = fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean(), fc.boolean()))
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), presses, (count, pressed) => {
      let marking: Marking | undefined
      for (const [key, shiftKey, ctrlKey] of pressed) {
        marking = moved(marking, { key, shiftKey, ctrlKey }, count, 3)
        if (marking === undefined) throw new Error(`${key} moves`)
        const { from, to } = rangeOf(marking)
        expect(from >= 0 && from < to && to <= count).toBe(true)
      }
    }),
  )
})

it('is the bytes that it was made of', () => {
  expect(rangeOf(markingOf({ from: 3, to: 9 }))).toEqual({ from: 3, to: 9 })
  expect(rangeOf({ anchor: 8, head: 3 })).toEqual({ from: 3, to: 9 })
})
