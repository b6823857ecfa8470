import { expect, it } from 'vitest'
import { typedNumber } from './typed-number'

it.each([
  ['12', 12],
  [' 12.5 ', 12.5],
  ['12,5', 12.5],
  ['0,200', 0.2],
  ['1,200', 1_200],
  ['1,200,000.5', 1_200_000.5],
  ['1 200', 1_200],
  ['\u22125', -5],
  ['12 ms', 12],
])('reads %s as %d', (text, value) => {
  expect(typedNumber(text, 'ms')).toBe(value)
})

it.each(['', ' ', 'ms', 'abc', '1.200,5', '1,20,0', '0x10', '1e400', '12 s'])(
  'refuses "%s"',
  (text) => {
    expect(typedNumber(text, 'ms')).toBeUndefined()
  },
)
