import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphLayout } from './graph-layout'
import { rimPoint } from './rim'
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

  test('of the classic pool end at ten different points, in the order of their nodes', () => {
    const structure = classicPool()
    const { links } = graphLayout(structure, tidyLayout(structure, 1.7), new Map())
    const rims = new Map([...links].map(([id, path]) => [id, path.at(-1)?.[3] ?? CENTRE]))
    const points = [...rims.values()].map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`)
    expect(new Set(points).size).toBe(10)
    const clients = [...rims].filter(([id]) => id.startsWith('client')).map(([, { y }]) => y)
    expect(clients).toEqual([...clients].sort((one, other) => one - other))
  })
})
