import { expect, test } from 'vitest'
import { laneFor } from '../links/lanes'
import { radiusFor, reachFor } from './shapes'

const WIDE = laneFor(10)
const NARROW = laneFor(100)

test('few packets are large, many are small, with no jump between', () => {
  expect(radiusFor(1, 1, NARROW)).toBe(9)
  expect(radiusFor(500, 1, NARROW)).toBeCloseTo(3)
  expect(radiusFor(20_000, 1, NARROW)).toBeCloseTo(3)
  for (let count = 2; count < 1000; count++) {
    const shrunk = radiusFor(count - 1, 1, NARROW) - radiusFor(count, 1, NARROW)
    expect(shrunk).toBeGreaterThanOrEqual(0)
    expect(shrunk).toBeLessThan(0.1)
  }
})

test('packets grow with the nodes, and stay visible when zoomed far out', () => {
  expect(radiusFor(1, 2, NARROW)).toBe(18)
  expect(radiusFor(1, 0.5, NARROW)).toBe(4.5)
  expect(radiusFor(1, 0.4, NARROW)).toBe(4.5)
  expect(radiusFor(1, 0.1, NARROW)).toBe(1.5)
  expect(reachFor(1, 0.1, NARROW)).toBeCloseTo(15)
})

test('packets in the two wide lanes of a link do not touch when they meet', () => {
  for (const zoom of [0.3, 0.5, 1, 2]) expect(reachFor(1, zoom, WIDE)).toBeLessThan(WIDE)
})
