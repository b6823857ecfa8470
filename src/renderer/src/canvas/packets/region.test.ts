import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, type PaneView, regionFor, serves } from './region'

const LARGE: Box = { left: -5000, top: -5000, right: 5000, bottom: 5000 }
const SMALL: Box = { left: 0, top: 0, right: 400, bottom: 300 }
const VIEW: PaneView = { x: 100, y: 80, zoom: 1, width: 1280, height: 800, pixelRatio: 1 }

const view: fc.Arbitrary<PaneView> = fc.record({
  x: fc.double({ min: -2000, max: 2000, noNaN: true }),
  y: fc.double({ min: -2000, max: 2000, noNaN: true }),
  zoom: fc.double({ min: 0.1, max: 3, noNaN: true }),
  width: fc.integer({ min: 200, max: 2000 }),
  height: fc.integer({ min: 200, max: 2000 }),
  pixelRatio: fc.constantFrom(1, 1.25, 2),
})

test('a region serves the view that it was made for, moving or at rest', () => {
  fc.assert(
    fc.property(view, fc.constantFrom(LARGE, SMALL), (seen, bounds) => {
      const region = regionFor(seen, bounds)
      if (region === null) return
      expect(serves(region, seen, bounds, false)).toBe(true)
      expect(serves(region, seen, bounds, true)).toBe(true)
    }),
    { seed: 4, numRuns: 500 },
  )
})

test('its corner is on a whole pixel of the screen', () => {
  fc.assert(
    fc.property(view, (seen) => {
      const region = regionFor(seen, LARGE)
      if (region === null) return
      const left = (region.x * seen.zoom + seen.x) * seen.pixelRatio
      expect(Math.abs(left - Math.round(left))).toBeLessThan(0.001)
    }),
    { seed: 5 },
  )
})

test('a graph of about the size of the pane is drawn whole, and may be panned anywhere', () => {
  const region = regionFor(VIEW, SMALL)
  expect(region).not.toBeNull()
  if (region === null) return
  expect(serves(region, { ...VIEW, x: -700, y: 500 }, SMALL, false)).toBe(true)
})

test('of a large graph another part is asked for before the margin is used up', () => {
  const region = regionFor(VIEW, LARGE)
  if (region === null) throw new Error('nothing to draw')
  expect(region.width).toBeLessThan(1280 * 1.5)
  expect(serves(region, { ...VIEW, x: VIEW.x - 60 }, LARGE, false)).toBe(true)
  expect(serves(region, { ...VIEW, x: VIEW.x - 120 }, LARGE, false)).toBe(false)
})

test('while zooming a picture is stretched a little; at rest it is sharp', () => {
  const region = regionFor(VIEW, SMALL)
  if (region === null) throw new Error('nothing to draw')
  expect(serves(region, { ...VIEW, zoom: 1.2 }, SMALL, false)).toBe(true)
  expect(serves(region, { ...VIEW, zoom: 1.6 }, SMALL, false)).toBe(false)
  expect(serves(region, { ...VIEW, zoom: 1.2 }, SMALL, true)).toBe(false)
  expect(serves(region, { ...VIEW, x: VIEW.x + 0.5 }, SMALL, true)).toBe(false)
  expect(serves(region, { ...VIEW, pixelRatio: 2 }, SMALL, false)).toBe(false)
})

test('links out of sight need no picture', () => {
  expect(regionFor(VIEW, null)).toBeNull()
  const far = { ...VIEW, x: -9000, zoom: 2, width: 100, height: 100 }
  expect(regionFor(far, SMALL)).toBeNull()
})
