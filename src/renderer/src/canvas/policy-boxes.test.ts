import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PROXY } from '../../../shared/ids'
import { centreOf, contains, overlaps, type Rect } from './geometry'
import { nodeLayout } from './graph-layout'
import { NEAR, type PolicyBox } from './policy-boxes'
import { USUAL } from './spacing'
import { classicPool, structureWith } from './testing'
import { tidyLayout } from './tidy-layout'

const structure = classicPool()
const tidy = tidyLayout(structure, 1.7)
const before = nodeLayout(structure, tidy, new Map())
const first = before.actors.get('server:1') ?? before.proxy

describe("a policy's box", () => {
  test('stretches around a server that was dragged a little aside', () => {
    const [box] = withFirstServerMovedBy(NEAR)
    expect(box?.members).toEqual(['server:1', 'server:2'])
    expect(box?.rect.width).toBe((before.boxes[0]?.rect.width ?? 0) + NEAR)
  })

  test('stays behind when a server is dragged farther, which has a box with a title of its own', () => {
    const boxes = withFirstServerMovedBy(600).filter(({ policy }) => policy === '111')
    expect(boxes.map(({ members }) => members)).toEqual([['server:1'], ['server:2']])
    expect(boxes.map(({ rect }) => rect.height)).toEqual(
      boxes.map(() => USUAL.servers.card.height + USUAL.groupTitle + USUAL.groupPadding),
    )
    for (const { title } of boxes) expect(title).toBeDefined()
  })

  test('keeps its id while servers leave it', () => {
    const larger = structureWith(0, [['111', 4]])
    const shape = tidyLayout(larger, 1.7)
    const places = new Map([['server:1', { x: 3000, y: 0 }]])
    const { boxes } = nodeLayout(larger, shape, places)
    const main = boxes.find(({ id }) => id === 'policy:111')
    expect(main?.members).toEqual(['server:2', 'server:3', 'server:4'])
    expect(new Set(boxes.map(({ id }) => id)).size).toBe(2)
  })

  test('covers no node of others, and holds its own, wherever nodes are', () => {
    const place = fc.record({
      x: fc.integer({ min: -700, max: 700 }),
      y: fc.integer({ min: -400, max: 400 }),
    })
    const nodes = [...before.actors.keys(), PROXY]
    const places = fc.dictionary(fc.constantFrom(...nodes), place, { maxKeys: 8 })
    fc.assert(
      fc.property(places, (placed) => {
        const layout = nodeLayout(structure, tidy, new Map(Object.entries(placed)))
        expect(layout.boxes.flatMap(({ members }) => members).toSorted()).toEqual(
          nodes.filter((node) => node.startsWith('server')),
        )
        const cards: [string, Rect][] = [...layout.actors, [PROXY, layout.proxy]]
        for (const { members, policy, rect, title } of layout.boxes) {
          const own = serversOf(layout.boxes, policy)
          for (const [node, card] of cards) {
            if (members.includes(node)) expect(contains(rect, card)).toBe(true)
            else if (!own.includes(node)) expect(overlaps(rect, card)).toBe(false)
            expect(title !== undefined && overlaps(title, card)).toBe(false)
          }
        }
      }),
      { seed: 20_210_117, numRuns: 300 },
    )
  })
})

function withFirstServerMovedBy(dx: number): readonly PolicyBox[] {
  const { x, y } = centreOf(first)
  return nodeLayout(structure, tidy, new Map([['server:1', { x: x + dx, y }]])).boxes
}

function serversOf(boxes: readonly PolicyBox[], policy: string): string[] {
  return boxes.flatMap((box) => (box.policy === policy ? box.members : []))
}
