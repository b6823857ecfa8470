import { expect, it } from 'vitest'
import { gentleCurve } from './path'
import { isCrowded, partOf, roomAround, spanOf } from './room'

const path = [gentleCurve({ x: 300, y: 10 }, { x: 100, y: 90 })]

it('is what stays between the ends of the link, however it runs', () => {
  expect(spanOf(path)).toEqual({ from: 100, to: 300 })
  expect(roomAround({ x: 140, y: 0 }, spanOf(path))).toBe(80)
  expect(roomAround({ x: 90, y: 0 }, spanOf(path))).toBe(0)
})

it('is there for no words among many links, unless one looks closely', () => {
  expect([isCrowded(6, 0.5), isCrowded(60, 0.5), isCrowded(60, 1.5)]).toEqual([false, true, false])
})

it('is shared out by the part of the way, so that a mark begins at the left end and stops at the right one', () => {
  expect([100, 150, 300, 900].map((x) => partOf(spanOf(path), { x, y: 0 }))).toEqual([
    0, 0.25, 1, 1,
  ])
  expect(partOf({ from: 5, to: 5 }, { x: 5, y: 0 })).toBe(0.5)
})
