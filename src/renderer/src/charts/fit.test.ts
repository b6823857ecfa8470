import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fitOf } from './fit'

it('gives each chart a place that can be read, and leaves no row or column empty', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 200, max: 2000 }),
      fc.integer({ min: 60, max: 900 }),
      (wanted, width, height) => {
        const { columns, rows } = fitOf(wanted, { width, height, fontSize: 12 })
        const shown = Math.min(wanted, columns * rows)
        expect(Math.ceil(shown / columns)).toBe(rows)
        if (columns > 1) expect((width + 16) / columns - 16).toBeGreaterThanOrEqual(17 * 12)
        if (rows > 1) expect((height + 4) / rows - 4).toBeGreaterThanOrEqual(7 * 12)
      },
    ),
  )
})

it('shows all where there is room', () => {
  expect(fitOf(8, { width: 1600, height: 500, fontSize: 12 })).toEqual({ columns: 4, rows: 2 })
  expect(fitOf(8, { width: 660, height: 100, fontSize: 12 })).toEqual({ columns: 3, rows: 1 })
})
