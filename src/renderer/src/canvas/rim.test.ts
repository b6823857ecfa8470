import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphLayout } from './graph-layout'
import { linkEnds, rimPoint } from './rim'
import { classicPool } from './testing'
import { tidyLayout } from './tidy-layout'

const CENTRE = { x: 10, y: -20 }

describe('links', () => {
  test('end on the rim, in the direction of their node', () => {
    const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true })
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const rim = rimPoint({ x, y }, CENTRE, 100)
        expect(Math.hypot(rim.x - CENTRE.x, rim.y - CENTRE.y)).toBeCloseTo(100, 6)
        const ahead = (rim.x - CENTRE.x) * (x - CENTRE.x) + (rim.y - CENTRE.y) * (y - CENTRE.y)
        expect(ahead).toBeGreaterThanOrEqual(0)
      }),
      { seed: 20_210_102 },
    )
  })

  test('begin at the side of the node that faces the roundabout', () => {
    const left = linkEnds({ x: -400, y: 0, width: 100, height: 40 }, CENTRE, 100)
    expect(left.node).toEqual({ x: -300, y: 20 })
    const right = linkEnds({ x: 400, y: 0, width: 100, height: 40 }, CENTRE, 100)
    expect(right.node).toEqual({ x: 400, y: 20 })
  })

  test('of the classic pool end at ten different points, in the order of their nodes', () => {
    const structure = classicPool()
    const { links } = graphLayout(structure, tidyLayout(structure, 1.7), new Map())
    const points = [...links.values()].map(({ rim }) => `${rim.x.toFixed(1)} ${rim.y.toFixed(1)}`)
    expect(new Set(points).size).toBe(10)
    const clients = [...links]
      .filter(([id]) => id.startsWith('client'))
      .map(([, ends]) => ends.rim.y)
    expect(clients).toEqual([...clients].sort((one, other) => one - other))
  })
})
