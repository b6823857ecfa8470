import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coordinateAt, gentleCurve, reversed, roundedLine, svgPath } from './path'

const coordinate = fc.integer({ min: -5000, max: 5000 })
const point = fc.record({ x: coordinate, y: coordinate })

test('a gentle curve starts and ends horizontally at its ends', () => {
  fc.assert(
    fc.property(point, point, (source, target) => {
      const [start, leaving, arriving, end] = gentleCurve(source, target)
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
      expect([gentleCurve(target, source)]).toEqual(reversed([gentleCurve(source, target)]))
    }),
    { seed: 2 },
  )
})

test('a rounded line is one line from its first point to its last, without a kink', () => {
  const lengths = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 60 }), (steps, radius) => {
      fc.pre(steps.every((step) => step !== 0))
      const points = [{ x: 0, y: 0 }]
      for (const [index, step] of steps.entries()) {
        const { x, y } = points[index] ?? { x: 0, y: 0 }
        points.push(index % 2 === 0 ? { x: x + step, y } : { x, y: y + step })
      }
      const path = roundedLine(points, radius)
      expect(path[0]?.[0]).toEqual(points[0])
      expect(path.at(-1)?.[3]).toEqual(points.at(-1))
      for (const [index, cubic] of path.slice(1).entries()) {
        const [start, one] = cubic
        const before = path[index]
        expect(start).toEqual(before?.[3])
        const arriving = before ? [start.x - before[2].x, start.y - before[2].y] : [0, 0]
        const leaving = [one.x - start.x, one.y - start.y]
        const [ax = 0, ay = 0] = arriving
        const [lx = 0, ly = 0] = leaving
        expect(ax * lx + ay * ly).toBeGreaterThan(0)
        expect(ax * ly - ay * lx).toBeCloseTo(0, 3)
      }
    }),
    { seed: 3 },
  )
})

test('a corner is a quarter of a circle', () => {
  const corner = roundedLine(
    [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 100 },
    ],
    20,
  )[1]
  for (const t of [0, 0.2, 0.5, 0.9, 1]) {
    const [one, two, three, four] = corner ?? []
    const x = coordinateAt(one?.x ?? 0, two?.x ?? 0, three?.x ?? 0, four?.x ?? 0, t)
    const y = coordinateAt(one?.y ?? 0, two?.y ?? 0, three?.y ?? 0, four?.y ?? 0, t)
    expect(Math.hypot(x - 80, y - 20)).toBeCloseTo(20, 1)
  }
})

test('the path for SVG has the same points', () => {
  expect(svgPath([gentleCurve({ x: 0, y: 0 }, { x: 200, y: 50 })])).toBe(
    'M0,0 C100,0 100,50 200,50',
  )
})
