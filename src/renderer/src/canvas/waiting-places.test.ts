import { expect, it } from 'vitest'
import type { PolicyBox } from './policy-boxes'
import { waitingPlaces } from './waiting-places'

const box = (policy: string, x: number, y: number): PolicyBox => ({
  id: `policy:${policy}`,
  policy,
  members: ['server:1'],
  rect: { x, y, width: 200, height: 100 },
  title: undefined,
})
/** A disc of radius 112 around 0, 0, with a caption below it. */
const proxy = { x: -112, y: -112, width: 224, height: 280 }
const layout = { proxy, boxes: [box('111', 400, -200), box('222', 400, 100)] }
const SIZE = 24

const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const distance = (one: { x: number; y: number }, other: { x: number; y: number }) =>
  Math.hypot(one.x - other.x, one.y - other.y)

it('stand before the rim, on the side of the policy’s servers, the first one first', () => {
  const [queue] = waitingPlaces(new Map([['111', ids(3)]]), layout, SIZE)
  expect(queue?.beads.map(({ exchange }) => exchange)).toEqual([1, 2, 3])
  expect(queue?.more).toBeUndefined()
  for (const { at } of queue?.beads ?? []) {
    expect(at.x).toBeGreaterThan(0)
    expect(Math.hypot(at.x, at.y)).toBeCloseTo(112 + 18)
  }
  const [middle] = queue?.beads.slice(1) ?? []
  expect(middle?.at.y).toBeLessThan(0)
})

it('of many the first ones are shown, and the others counted', () => {
  const [queue] = waitingPlaces(new Map([['222', ids(16)]]), layout, SIZE)
  expect(queue?.beads).toHaveLength(4)
  expect(queue?.more?.count).toBe(12)
})

it('around a small roundabout, fewer are shown', () => {
  const [queue] = waitingPlaces(new Map([['222', ids(16)]]), layout, 2 * SIZE)
  expect(queue?.beads).toHaveLength(2)
  expect(queue?.more?.count).toBe(14)
})

it('never cover one another, whatever the number of queues', () => {
  const boxes = ids(6).map((id) => box(String(id), 400, -300 + 100 * id))
  for (const count of ids(6)) {
    const waiting = new Map(ids(count).map((id) => [String(id), ids(9)]))
    const places = waitingPlaces(waiting, { proxy, boxes }, SIZE).flatMap(({ beads, more }) => [
      ...beads.map(({ at }) => at),
      ...(more ? [more.at] : []),
    ])
    for (const [index, one] of places.entries()) {
      for (const other of places.slice(index + 1)) {
        expect(distance(one, other)).toBeGreaterThanOrEqual(SIZE)
      }
    }
  }
})

it('stand on the other side for servers there, and right where there are none', () => {
  const left = { proxy, boxes: [box('111', -600, 0)] }
  const [queue] = waitingPlaces(new Map([['111', ids(1)]]), left, SIZE)
  expect(queue?.beads[0]?.at.x).toBeLessThan(0)
  const [other] = waitingPlaces(new Map([['999', ids(1)]]), left, SIZE)
  expect(other?.beads[0]?.at).toEqual({ x: 130, y: 0 })
})
