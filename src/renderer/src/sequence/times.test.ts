import { expect, it } from 'vitest'
import { ticksOf, timeColumn } from './times'

const ROW = 18
const texts = (moments: readonly number[], over: { since?: number; fine?: boolean } = {}) => {
  const last = Math.max(...moments)
  const column = timeColumn({ since: undefined, fine: false, ...over, last })
  const apart = moments.map((at, index) => ({ at, y: index * ROW }))
  return [column.heading, ...ticksOf(apart, column, ROW).map(({ text }) => text)]
}

it('are in one unit, and none repeats the one above it', () => {
  expect(texts([1000, 1000.025, 1000.4, 1600, 1600.0001, 12_345])).toEqual([
    'Time, s',
    '1.000',
    '1.600',
    '12.345',
  ])
  expect(texts([59_999, 61_000])).toEqual(['Time, min:s', '59.999', '1:01.000'])
})

it('count in milliseconds from the beginning of an exchange', () => {
  expect(texts([500, 500.02, 1100.4, 2500], { since: 500 })).toEqual([
    'Time, ms',
    '0.0',
    '600.4',
    '2000.0',
  ])
})

it('have microseconds where packets take less than a millisecond', () => {
  expect(texts([1000, 1000.025, 1000.4], { fine: true })).toEqual([
    'Time, s',
    '1.000 000',
    '1.000 025',
    '1.000 400',
  ])
  expect(texts([500, 500.025], { fine: true, since: 500 })).toEqual(['Time, ms', '0.000', '0.025'])
})

it('leave room for each', () => {
  const column = timeColumn({ since: undefined, fine: false, last: 3000 })
  const near = [
    { at: 1000, y: 0 },
    { at: 1000.5, y: 17 },
    { at: 2000, y: 19 },
    { at: 3000, y: 30 },
  ]
  expect(ticksOf(near, column, ROW).map(({ y }) => y)).toEqual([0, 19])
})
