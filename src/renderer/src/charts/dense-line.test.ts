import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnsOf, drawColumns, isNoisy } from './dense-line'

const SETTINGS = { seed: 20_261_129, numRuns: 200 }

const values = fc.array(fc.option(fc.integer({ min: 0, max: 1_000 }), { freq: 8 }), {
  minLength: 1,
  maxLength: 400,
})

/** Draws them at `perPixel` seconds to a pixel. Returns the points that the pen reached, by column. */
function drawn(
  all: readonly (number | null)[],
  perPixel: number,
  dash: readonly number[] = [],
): Map<number, number[]> {
  const reached = new Map<number, number[]>()
  const visit = (x: number, y: number) => {
    reached.set(x, [...(reached.get(x) ?? []), y])
  }
  const columns = columnsOf(all, { from: 0, to: all.length - 1 }, (index) =>
    Math.floor(index / perPixel),
  )
  drawColumns({ moveTo: visit, lineTo: visit }, columns, dash, (value) => value)
  return reached
}

it('in each column the least and the greatest value of its seconds are reached', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: 2, max: 12 }), (all, perPixel) => {
      const reached = drawn(all, perPixel)
      for (let column = 0; column * perPixel < all.length; column++) {
        const known = all
          .slice(column * perPixel, (column + 1) * perPixel)
          .filter((value) => value !== null)
        if (known.length === 0) continue
        const points = reached.get(column) ?? []
        expect(points).toContain(Math.min(...known))
        expect(points).toContain(Math.max(...known))
      }
    }),
    SETTINGS,
  )
})

it('an hour has as many points as the pixels need, however many seconds there are', () => {
  const hour = Array.from({ length: 3_600 }, (_, second) => second % 7)
  let points = 0
  for (const reached of drawn(hour, 10).values()) points += reached.length
  expect(points).toBeLessThanOrEqual(4 * 360)
})

it('its pattern runs along the time, and unknown seconds are a gap', () => {
  const flat = Array.from({ length: 40 }, (_, second) => (second >= 20 && second < 24 ? null : 5))
  expect([...drawn(flat, 2, [3, 2]).keys()]).toEqual([
    ...[0, 1, 2, 3, 5, 6, 7, 8],
    ...[12, 13, 15, 16, 17, 18],
  ])
  const lines: string[] = []
  const pen = {
    moveTo: (x: number) => lines.push(`move ${x}`),
    lineTo: (x: number) => lines.push(`line ${x}`),
  }
  drawColumns(
    pen,
    columnsOf([1, null, 1], { from: 0, to: 2 }, (index) => index),
    [],
    (value) => value,
  )
  expect(lines).toEqual(['move 0', 'line 1', 'move 2', 'line 3'])
})

it('a wave keeps its pattern along the line; what goes up and down within each pixel does not', () => {
  const columns = (of: (second: number) => number) =>
    columnsOf(
      Array.from({ length: 3_600 }, (_, second) => of(second)),
      { from: 0, to: 3_599 },
      (index) => index / 8,
    )
  const yOf = (value: number) => 200 - value
  expect(
    isNoisy(
      columns((second) => 100 + 50 * Math.sin(second / 40)),
      yOf,
    ),
  ).toBe(false)
  expect(
    isNoisy(
      columns((second) => 10 * (second % 7)),
      yOf,
    ),
  ).toBe(true)
})
