import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boundsOf, overlaps } from './geometry'
import { nodeLayout } from './graph-layout'
import { LEGIBLE, MARGINS, projectorLayout, textShare } from './projector-layout'
import { PROJECTOR } from './spacing'
import type { Structure } from './structure'
import { anyStructure, classicPool, structureWith } from './testing'

const WIDE = 16 / 9
const NARROW = 1024 / 640
const SETTINGS = { seed: 20_210_100, numRuns: 25 }
const anyAspect = fc.double({ min: 0.5, max: 4, noNaN: true })

describe('the layout of projector mode', () => {
  test.for([WIDE, NARROW])('has legible names of the classic pool, at %d', (aspect) => {
    const layout = projectorLayout(classicPool(), aspect)
    expect(textShare(layout)).toBeGreaterThanOrEqual(LEGIBLE)
    expect([layout.clientTier, layout.serverTier]).toEqual(['compact', 'compact'])
  })

  test.for([WIDE, NARROW])('has them for 12 clients and 8 servers, at %d', (aspect) => {
    const layout = projectorLayout(twoPolicies(12, 8), aspect)
    expect(textShare(layout)).toBeGreaterThanOrEqual(LEGIBLE)
    expect([layout.clientTier, layout.serverTier]).toEqual(['compact', 'compact'])
  })

  test('has legible ids, in smaller cards, of 24 clients and 8 servers', () => {
    const layout = projectorLayout(twoPolicies(24, 8), WIDE)
    expect(textShare(layout)).toBeGreaterThanOrEqual(LEGIBLE)
    expect(layout.clientTier).toBe('chip')
  })

  test('has the largest text that fits for more', () => {
    const share = textShare(projectorLayout(twoPolicies(30, 30), WIDE))
    expect(share).toBeLessThan(LEGIBLE)
    expect(share).toBeGreaterThan(0.02)
  })

  test('fits between its margins as large as it says, and lets nothing overlap', () => {
    fc.assert(
      fc.property(anyStructure, anyAspect, (structure, aspect) => {
        const tidy = projectorLayout(structure, aspect)
        const { proxy, actors, boxes } = nodeLayout(structure, tidy, new Map())
        const loose = [...actors].filter(([id]) => id.startsWith('client')).map(([, rect]) => rect)
        const rects = [proxy, ...boxes.map(({ rect }) => rect), ...loose]
        const touching = rects.filter((one) =>
          rects.some((two) => two !== one && overlaps(one, two)),
        )
        expect(touching).toEqual([])
        const receipt = { ...proxy, y: proxy.y - PROJECTOR.caption }
        const { width, height } = boundsOf([...rects, receipt]) ?? { width: 0, height: 0 }
        const room = {
          width: 1 - MARGINS.left - MARGINS.right,
          height: 1 - MARGINS.top - MARGINS.bottom,
        }
        expect(height * tidy.scale).toBeLessThanOrEqual(1.001)
        expect(width * tidy.scale).toBeLessThanOrEqual(
          ((aspect * room.width) / room.height) * 1.001,
        )
      }),
      SETTINGS,
    )
  })
})

function twoPolicies(clients: number, servers: number): Structure {
  return structureWith(clients, [
    ['111', servers / 2],
    ['222', servers / 2],
  ])
}
