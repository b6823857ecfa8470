import { expect, it } from 'vitest'
import { rowAfter } from './grid-keys'

it.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 9, 9],
  ['ArrowUp', 0, 0],
  ['PageDown', 3, 8],
  ['PageUp', 3, 0],
  ['Home', 7, 0],
  ['End', 0, 9],
  ['Enter', -1, 0],
])('%s from row %d of ten leads to row %d', (key, from, to) => {
  expect(rowAfter(key, from, 10, 5)).toBe(to)
})

it('leaves other keys and empty lists alone', () => {
  expect(rowAfter('s', 0, 10, 5)).toBeUndefined()
  expect(rowAfter('ArrowDown', -1, 0, 5)).toBeUndefined()
})
