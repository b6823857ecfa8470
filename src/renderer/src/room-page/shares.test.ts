import { expect, it } from 'vitest'
import { evenShares, withPercent } from './shares'

const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0)

it.each([1, 2, 3, 7])('are even at first, and together 100: %i', (count) => {
  const shares = evenShares(count)
  expect(sum(shares)).toBe(100)
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
})

it('stay together 100 when one changes', () => {
  expect(withPercent([50, 30, 20], 0, 0)).toEqual([0, 60, 40])
  expect(withPercent([100, 0, 0], 0, 40)).toEqual([40, 30, 30])
  expect(withPercent([40, 60], 1, 100)).toEqual([0, 100])
  for (let percent = 0; percent <= 100; percent++) {
    expect(sum(withPercent([10, 45, 33, 12], 2, percent))).toBe(100)
  }
})
