import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { overlaps } from './geometry'
import { nodeLayout, rectOf } from './graph-layout'
import { anyStructure, classicPool } from './testing'
import { tidyLayout } from './tidy-layout'
import { toolsPlace } from './tools-place'

const SIZE = { width: 68, height: 34 }
const GAP = 8

describe("the selected node's tools", () => {
  const structure = classicPool()
  const layout = nodeLayout(structure, tidyLayout(structure, 1.7), new Map())

  test('stand on the side of the roundabout, off the link', () => {
    expect(toolsPlace(layout, 'client:1', SIZE, GAP)).toEqual({
      side: 'right',
      align: 'start',
      distance: GAP,
    })
    expect(toolsPlace(layout, 'server:4', SIZE, GAP)).toEqual({
      side: 'left',
      align: 'end',
      distance: GAP,
    })
  })

  test('with a second row, which is beyond the edge of the node, are beside it as well', () => {
    const [first, other] = ['client:1', 'server:4'].map((node) => rectOf(layout, node))
    if (!first || !other) throw new Error('not in the layout')
    const size = { width: SIZE.width, height: SIZE.height + 27 }
    const besides = { ...first, x: first.x + first.width + GAP, y: first.y - 27, ...size }
    const blocked = { ...layout, actors: new Map([...layout.actors, ['server:9', besides]]) }
    expect(toolsPlace(layout, 'client:1', size, GAP, 27).distance).toBe(GAP)
    // A server in the way of the second row moves the tools farther from the node.
    besides.height = 20
    expect(toolsPlace(blocked, 'client:1', size, GAP, 27).distance).toBeGreaterThan(GAP)
    expect(toolsPlace(blocked, 'client:1', SIZE, GAP).distance).toBe(GAP)
  })

  test('cover no other node of a tidy graph, however crowded', () => {
    fc.assert(
      fc.property(
        anyStructure,
        fc.nat(),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (any, pick, scale) => {
          const crowd = nodeLayout(any, tidyLayout(any, 1.7), new Map())
          const actor = any.actors[pick % Math.max(1, any.actors.length)]
          const rect = actor && crowd.actors.get(actor.id)
          if (!rect) return
          const size = { width: SIZE.width * scale, height: SIZE.height * scale }
          const { side, align, distance } = toolsPlace(crowd, actor.id, size, GAP)
          const tools = {
            x: side === 'left' ? rect.x - distance - size.width : rect.x + rect.width + distance,
            y: align === 'start' ? rect.y : rect.y + rect.height - size.height,
            ...size,
          }
          const covered = [...crowd.actors].filter(
            ([id, other]) => id !== actor.id && overlaps(tools, other),
          )
          expect(covered).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })
})
