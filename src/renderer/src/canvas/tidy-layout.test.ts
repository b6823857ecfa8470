import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundsOf, contains, overlaps, type Rect } from './geometry'
import { nodeLayout } from './graph-layout'
import { anyStructure, classicPool, structureWith } from './testing'
import { type TidyLayout, tidyLayout } from './tidy-layout'

const SETTINGS = { seed: 20_210_100, numRuns: 25 }
const anyAspect = fc.double({ min: 0.5, max: 4, noNaN: true })

describe('the tidy layout', () => {
  test('puts clients left of the roundabout and the pool right of it', () => {
    const { proxy, actors } = layoutFor(classicPool(), 1.7)
    for (const [id, rect] of actors) {
      if (id.startsWith('client')) expect(rect.x + rect.width).toBeLessThan(proxy.x)
      else expect(rect.x).toBeGreaterThan(proxy.x + proxy.width)
    }
  })

  test('stands the classic pool in one column each, in order', () => {
    const { actors, boxes } = layoutFor(classicPool(), 1.7)
    const clients = [...actors].filter(([id]) => id.startsWith('client')).map(([, rect]) => rect)
    expect(new Set(clients.map(({ x }) => x)).size).toBe(1)
    expect(clients.map(({ y }) => y)).toEqual(clients.map(({ y }) => y).sort((a, b) => a - b))
    expect(boxes.map(({ policy }) => policy)).toEqual(['111', '222'])
    expect(new Set(boxes.map(({ rect }) => rect.x)).size).toBe(1)
  })

  test('says less about each where there are many', () => {
    const tiers = [4, 60, 300].map((servers) => {
      const { serverTier } = tidyLayout(structureWith(0, [['111', servers]]), 1.7)
      return serverTier
    })
    expect(tiers).toEqual(['card', 'compact', 'chip'])
  })

  test('lets nothing overlap, for any structure and window', () => {
    fc.assert(
      fc.property(anyStructure, anyAspect, (structure, aspect) => {
        const { proxy, actors, boxes } = layoutFor(structure, aspect)
        const loose = [...actors].filter(([id]) => id.startsWith('client')).map(([, rect]) => rect)
        expectApart([proxy, ...boxes.map(({ rect }) => rect), ...loose])
        for (const { members } of boxes) {
          expectApart(members.map((id) => actors.get(id)).filter((rect) => rect !== undefined))
        }
      }),
      SETTINGS,
    )
  })

  test("keeps each policy's servers inside their box", () => {
    fc.assert(
      fc.property(anyStructure, anyAspect, (structure, aspect) => {
        const { actors, boxes } = layoutFor(structure, aspect)
        const boxed = new Set<string>()
        for (const { rect, members } of boxes) {
          for (const id of members) {
            const member = actors.get(id)
            expect(member !== undefined && contains(rect, member)).toBe(true)
            boxed.add(id)
          }
        }
        const servers = structure.actors.filter(({ role }) => role === 'server')
        expect(boxed.size).toBe(servers.length)
      }),
      SETTINGS,
    )
  })

  test('keeps the servers where they are when clients come and go', () => {
    const pools = [[2, 2], [3], [12], [8, 4, 1], [30]]
    for (const sizes of pools) {
      const pool = sizes.map((size, index) => [String(index), size] as const)
      const counts = [...Array(25).keys(), ...[...Array(25).keys()].toReversed()]
      let before = tidyLayout(structureWith(6, pool), 1.7)
      for (const count of counts) {
        const after = tidyLayout(structureWith(count, pool), 1.7, before)
        expect(serversAreAt(before, after), `${sizes} with ${count}`).toBe(true)
        before = after
      }
    }
  })

  test('moves them where another arrangement is much larger', () => {
    const anyChange = fc.tuple(fc.nat(60), fc.nat(60), fc.array(fc.nat(30), { maxLength: 5 }))
    fc.assert(
      fc.property(anyChange, anyAspect, ([before, after, sizes], aspect) => {
        const pool = sizes.map((size, index) => [String(index), size] as const)
        const first = tidyLayout(structureWith(before, pool), aspect)
        const structure = structureWith(after, pool)
        const kept = tidyLayout(structure, aspect, first)
        const fresh = tidyLayout(structure, aspect)
        expect(fresh.scale).toBeLessThan(1.6 * kept.scale)
      }),
      SETTINGS,
    )
  })

  test('is the same for the same structure', () => {
    fc.assert(
      fc.property(anyStructure, anyAspect, (structure, aspect) => {
        expect([...tidyLayout(structure, aspect).places]).toEqual([
          ...tidyLayout(structure, aspect).places,
        ])
      }),
      SETTINGS,
    )
  })

  test('has a finite place for everybody', () => {
    fc.assert(
      fc.property(anyStructure, anyAspect, (structure, aspect) => {
        const { places } = tidyLayout(structure, aspect)
        expect(places.size).toBe(structure.actors.length + 1)
        for (const { x, y } of places.values()) {
          expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true)
        }
      }),
      SETTINGS,
    )
  })

  test.each([0.8, 1.7, 2.4])('shapes a crowd to a window of %f', (aspect) => {
    const { actors, proxy, boxes } = layoutFor(
      structureWith(300, [
        ['111', 150],
        ['222', 150],
      ]),
      aspect,
    )
    const bounds = boundsOf([proxy, ...boxes.map(({ rect }) => rect), ...actors.values()])
    const ratio = bounds ? bounds.width / bounds.height : 0
    expect(ratio).toBeGreaterThan(aspect * 0.6)
    expect(ratio).toBeLessThan(aspect * 1.6)
  })
})

function serversAreAt(one: TidyLayout, other: TidyLayout): boolean {
  return [...one.places].every(([node, { x, y }]) => {
    const there = other.places.get(node)
    return !node.startsWith('server') || (there?.x === x && there.y === y)
  })
}

function layoutFor(structure: Parameters<typeof tidyLayout>[0], aspect: number) {
  return nodeLayout(structure, tidyLayout(structure, aspect), new Map())
}

/** Sweeps from left to right, so that a thousand rectangles are compared with their neighbours only. */
function expectApart(rects: readonly Rect[]): void {
  const sorted = [...rects].sort((one, other) => one.x - other.x)
  let active: Rect[] = []
  for (const rect of sorted) {
    active = active.filter((other) => other.x + other.width > rect.x)
    const hit = active.find((other) => overlaps(other, rect))
    expect(hit, JSON.stringify({ rect, hit })).toBeUndefined()
    active.push(rect)
  }
}
