import { expect, test } from 'vitest'
import { Curves, numbersOf, type Placement } from './curves'
import { linkPath } from './link-path'

const FROM = { x: -300, y: 200 }
const TO = { x: 100, y: -50 }

function curves(...ends: [typeof FROM, typeof TO][]): Curves {
  const made = new Curves()
  made.replace(
    Float64Array.from(ends.flatMap(([from, to]) => numbersOf(linkPath(from, to).points))),
  )
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
  link.replace(new Float64Array(8).fill(Number.NaN))
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
      ...numbersOf(linkPath(FROM, moved).points),
      ...numbersOf(linkPath(TO, FROM).points),
    ]),
  )
  expect(place(links, 1)).toMatchObject(moved)
  expect(place(links, 0.3, false, 0, 1)).toEqual(other)
  expect(place(links, 0.5).x).toBeCloseTo((FROM.x + moved.x) / 2)
})
