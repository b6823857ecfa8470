import { expect, test } from 'vitest'
import { gentleCurve, roundedLine } from '../links/path'
import { Curves, numbersOf, type Placement } from './curves'

const FROM = { x: -300, y: 200 }
const TO = { x: 100, y: -50 }

function curves(...ends: [typeof FROM, typeof TO][]): Curves {
  const made = new Curves()
  made.replace(Float64Array.from(ends.flatMap(([from, to]) => numbersOf([gentleCurve(from, to)]))))
  return made
}

function place(on: Curves, fraction: number, reversed = false, lane = 0, index = 0): Placement {
  const at = { x: 0, y: 0, dx: 0, dy: 0 }
  on.place(index, fraction, reversed, lane, at)
  return at
}

test('a way begins and ends at the ends of the link, in its direction', () => {
  const link = curves([FROM, TO])
  expect(place(link, 0)).toMatchObject(FROM)
  expect(place(link, 1)).toMatchObject(TO)
  expect(place(link, 0, true)).toMatchObject(TO)
  expect(place(link, 1, true)).toMatchObject(FROM)
})

test('equal times cover equal lengths of the curve', () => {
  const link = curves([FROM, TO])
  const steps = Array.from({ length: 21 }, (_, index) => place(link, index / 20))
  const lengths = steps.slice(1).map((at, index) => {
    const before = steps[index] ?? at
    return Math.hypot(at.x - before.x, at.y - before.y)
  })
  expect(Math.max(...lengths) / Math.min(...lengths)).toBeLessThan(1.03)
})

test('a way round corners is walked at an even pace, and has a lane at its side', () => {
  const corners = [
    { x: 0, y: 0 },
    { x: 300, y: 0 },
    { x: 300, y: 80 },
    { x: 500, y: 80 },
  ]
  const link = new Curves()
  link.replace(Float64Array.from(numbersOf(roundedLine(corners, 20))))
  const steps = Array.from({ length: 101 }, (_, index) => place(link, index / 100))
  const lengths = steps.slice(1).map((at, index) => {
    const before = steps[index] ?? at
    return Math.hypot(at.x - before.x, at.y - before.y)
  })
  expect(Math.max(...lengths) / Math.min(...lengths)).toBeLessThan(1.05)
  for (const fraction of [0.1, 0.52, 0.58, 0.62, 0.9]) {
    const middle = place(link, fraction)
    const lane = place(link, fraction, false, 5)
    expect(Math.hypot(lane.x - middle.x, lane.y - middle.y)).toBeCloseTo(5)
    expect((lane.x - middle.x) * middle.dx + (lane.y - middle.y) * middle.dy).toBeCloseTo(0)
  }
})

test('both directions meet in the middle, heading opposite ways, each on its right-hand side', () => {
  const link = curves([FROM, TO])
  const there = place(link, 0.5, false, 3)
  const back = place(link, 0.5, true, 3)
  expect(there.dx).toBeCloseTo(-back.dx)
  expect(there.dy).toBeCloseTo(-back.dy)
  expect(Math.hypot(there.x - back.x, there.y - back.y)).toBeCloseTo(6)
  // To the right when heading right on a screen is downwards.
  const level = curves([
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ])
  expect(place(level, 0.5, false, 3).y).toBeCloseTo(3)
})

test('a link without a place is not there, nor is one past the end', () => {
  const link = new Curves()
  link.replace(Float64Array.from(numbersOf([])))
  expect(link.has(0)).toBe(false)
  expect(link.has(1)).toBe(false)
})

test('a link that moves carries what is on it along, and leaves the others alone', () => {
  const links = curves([FROM, TO], [TO, FROM])
  const other = place(links, 0.3, false, 0, 1)
  place(links, 0.3)
  const moved = { x: 500, y: 500 }
  links.replace(
    Float64Array.from([
      ...numbersOf([gentleCurve(FROM, moved)]),
      ...numbersOf([gentleCurve(TO, FROM)]),
    ]),
  )
  expect(place(links, 1)).toMatchObject(moved)
  expect(place(links, 0.3, false, 0, 1)).toEqual(other)
  expect(place(links, 0.5).x).toBeCloseTo((FROM.x + moved.x) / 2)
})
