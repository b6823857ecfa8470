import { expect, test } from 'vitest'
import { radiusFor, reachFor } from './shapes'

test('few packets are large, many are small, with no jump between', () => {
  expect(radiusFor(1, 1)).toBe(9)
  expect(radiusFor(500, 1)).toBeCloseTo(3)
  expect(radiusFor(20_000, 1)).toBeCloseTo(3)
  for (let count = 2; count < 1000; count++) {
    const shrunk = radiusFor(count - 1, 1) - radiusFor(count, 1)
    expect(shrunk).toBeGreaterThanOrEqual(0)
    expect(shrunk).toBeLessThan(0.1)
  }
})

test('packets grow with the nodes, and stay visible when zoomed far out', () => {
  expect(radiusFor(1, 2)).toBe(18)
  expect(radiusFor(1, 0.5)).toBe(4.5)
  expect(radiusFor(1, 0.4)).toBe(4.5)
  expect(radiusFor(1, 0.1)).toBe(2.5)
  expect(reachFor(1, 0.1)).toBeCloseTo(25)
})
