import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundsOf, overlaps } from './geometry'
import { nodeLayout } from './graph-layout'
import { anyStructure, classicPool } from './testing'
import { uprightLayout, WIDEST } from './upright-layout'

test('the layout of a narrow canvas has clients above the roundabout and servers below it', () => {
  const structure = classicPool()
  const { actors, proxy } = nodeLayout(structure, uprightLayout(structure), new Map())
  for (const [id, { y, height }] of actors) {
    if (id.startsWith('client')) expect(y + height).toBeLessThan(proxy.y)
    else expect(y).toBeGreaterThan(proxy.y + proxy.height)
  }
})

test('it is no wider than the canvas at a legible size, and nothing overlaps', () => {
  fc.assert(
    fc.property(anyStructure, (structure) => {
      const { actors, boxes, proxy } = nodeLayout(structure, uprightLayout(structure), new Map())
      const clients = [...actors].filter(([id]) => id.startsWith('client')).map(([, rect]) => rect)
      const rects = [...clients, ...boxes.map(({ rect }) => rect)]
      expect(boundsOf(rects)?.width ?? 0).toBeLessThanOrEqual(WIDEST)
      const all = [proxy, ...rects]
      const touching = all.filter((one) => all.some((two) => two !== one && overlaps(one, two)))
      expect(touching).toEqual([])
    }),
    { seed: 20_210_119, numRuns: 25 },
  )
})
