import { expect, it } from 'vitest'
import { partOfRing, widthOfRate } from './traffic-view'

it('grows with the rate, and a ring’s exit never beyond the ring', () => {
  const rates = [0, 1, 10, 100, 1000, 5000]
  for (const widths of [rates.map(widthOfRate), rates.map(partOfRing)]) {
    expect(widths).toEqual([...widths].sort((one, other) => one - other))
    expect(widths[1]).toBeGreaterThan(widths[0] ?? 0)
  }
  expect(partOfRing(0)).toBe(0)
  expect(partOfRing(5000)).toBe(1)
})
