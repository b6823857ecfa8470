import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linkPath } from './link-path'

const coordinate = fc.integer({ min: -5000, max: 5000 })
const point = fc.record({ x: coordinate, y: coordinate })

test('starts and ends horizontally at its ends', () => {
  fc.assert(
    fc.property(point, point, (source, target) => {
      const [start, leaving, arriving, end] = linkPath(source, target).points
      expect(start).toEqual(source)
      expect(end).toEqual(target)
      expect(leaving.y).toBe(source.y)
      expect(arriving.y).toBe(target.y)
    }),
    { seed: 1 },
  )
})

test('the other way round is the same curve, reversed', () => {
  fc.assert(
    fc.property(point, point, (source, target) => {
      fc.pre(source.x !== target.x)
      expect(linkPath(target, source).points).toEqual(
        [...linkPath(source, target).points].reverse(),
      )
    }),
    { seed: 2 },
  )
})

test('the path for SVG has the same points', () => {
  expect(linkPath({ x: 0, y: 0 }, { x: 200, y: 50 }).d).toBe('M0,0 C100,0 100,50 200,50')
})
