import fc from 'fast-check'
import { expect, test } from 'vitest'
import { overlaps } from './geometry'
import { CELL, miniRingsShape } from './mini-rings'

const SETTINGS = { seed: 20_210_101, numRuns: 60 }

test('each policy has its cell, in reading order, inside the disc and beside the others', () => {
  fc.assert(
    fc.property(fc.integer({ min: 7, max: 200 }), (count) => {
      const { radius, cells, bands } = miniRingsShape(count)
      expect(bands).toEqual([])
      expect(cells).toHaveLength(count)
      const rects = cells.map((cell) => ({ ...cell, ...CELL }))
      const corners = rects.flatMap(({ x, y, width, height }) => [
        Math.hypot(x, y),
        Math.hypot(x + width, y),
        Math.hypot(x, y + height),
        Math.hypot(x + width, y + height),
      ])
      expect(Math.max(...corners)).toBeLessThan(radius)
      // The proxy's name stays free.
      const name = { x: -60, y: -40, width: 120, height: 80 }
      expect(rects.filter((cell) => overlaps(cell, name))).toEqual([])
      const clashes = rects.flatMap((cell, index) =>
        rects.slice(index + 1).filter((other) => overlaps(cell, other)),
      )
      expect(clashes).toEqual([])
      expect(cells.toSorted((a, b) => a.y - b.y || a.x - b.x)).toEqual(cells)
    }),
    SETTINGS,
  )
})

test('the disc grows with the policies’ number, and wastes little', () => {
  const radii = [7, 30, 100, 1000].map((count) => miniRingsShape(count).radius)
  expect(radii.toSorted((a, b) => a - b)).toEqual(radii)
  const [, thirty = 0] = radii
  expect(thirty).toBeLessThan(270)
})
