import { expect, it } from 'vitest'
import { readArrivals } from './arrivals'

it('reads times with anything between them, and leaves out comments', () => {
  const text = '\ufeff# ms\r\n0, 12.5;40\n\n 100\t200 # the last\n'
  expect(readArrivals(text)).toEqual({ ok: true, arrivals: '0 12.5 40 100 200', count: 5 })
})

it.each([
  ['0\n12,5x\n', 'Line 2: “5x” is not a time in ms, such as 12.5.'],
  ['0 1\n# comment\n-3', 'Line 3: “-3” is not a time in ms, such as 12.5.'],
  ['time\n1', 'Line 1: “time” is not a time in ms, such as 12.5.'],
  ['# nothing\n', 'It has no times.'],
  ['1234567890 '.repeat(20_000), /^Its times are too many: all together they have at most 200,000/],
])('%j: %s', (text, error) => {
  const read = readArrivals(text)
  expect(read.ok ? '' : read.error).toMatch(error)
})
