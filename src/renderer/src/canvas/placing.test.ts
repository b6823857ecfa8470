import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placesAfterDrag } from './dragging'
import { overlaps } from './geometry'
import { nodeLayout } from './graph-layout'
import { classicPool } from './testing'
import { tidyLayout } from './tidy-layout'

const structure = classicPool()
const tidy = tidyLayout(structure, 1.7)
const before = nodeLayout(structure, tidy, new Map())

describe('a dragged node', () => {
  test('is where it was put, if there is room', () => {
    const places = placesAfterDrag(before, 'client:2', { x: -900, y: 640 })
    const { actors } = nodeLayout(structure, tidy, places)
    expect(actors.get('client:2')).toMatchObject({ x: -900, y: 640 })
    expect(actors.get('client:3')).toEqual(before.actors.get('client:3'))
  })

  test('covers no other node, wherever it is dropped, and moves none', () => {
    const coordinate = fc.integer({ min: -900, max: 900 })
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const places = placesAfterDrag(before, 'server:1', { x, y })
        const { actors, proxy } = nodeLayout(structure, tidy, places)
        const dropped = actors.get('server:1') ?? proxy
        for (const [id, rect] of [...actors, ['proxy', proxy] as const]) {
          if (id === 'server:1') continue
          expect(overlaps(dropped, rect)).toBe(false)
          expect(rect).toEqual(id === 'proxy' ? before.proxy : before.actors.get(id))
        }
      }),
    )
  })

  test("is outside another policy's box, with its own around it", () => {
    const [, foreign] = before.boxes
    const coordinate = fc.integer({ min: -300, max: 300 })
    fc.assert(
      fc.property(coordinate, coordinate, (dx, dy) => {
        const { x = 0, y = 0 } = foreign?.rect ?? {}
        const places = placesAfterDrag(before, 'server:1', { x: x + dx, y: y + dy })
        const { boxes } = nodeLayout(structure, tidy, places)
        expect(boxes.filter(({ policy }) => policy === '222')).toEqual([foreign])
        const own = boxes.filter(({ policy }) => policy === '111')
        for (const { rect, title } of own) {
          expect(foreign && overlaps(rect, foreign.rect)).toBe(false)
          expect(title).toBeDefined()
        }
      }),
    )
  })

  test("takes its policy's servers with it where it is their box", () => {
    const box = before.boxes[0]
    const { x = 0, y = 0 } = box?.rect ?? {}
    const places = placesAfterDrag(before, 'policy:111', { x: x + 40, y: y - 300 })
    expect([...places.keys()]).toEqual(box?.members)
    const after = nodeLayout(structure, tidy, places)
    expect(after.boxes[0]?.rect).toMatchObject({ x: x + 40, y: y - 300 })
  })
})

test('nodes of the tidy layout make room for those that were placed before there were so many', () => {
  const middle = { x: 420, y: 0 }
  const { actors } = nodeLayout(structure, tidy, new Map([['client:1', middle]]))
  const placed = actors.get('client:1')
  expect(placed && placed.x + placed.width / 2).toBe(middle.x)
  const others = [...actors].filter(([id]) => id !== 'client:1')
  for (const [, rect] of others) expect(placed && overlaps(placed, rect)).toBe(false)
})
