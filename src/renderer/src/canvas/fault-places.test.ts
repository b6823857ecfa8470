import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultPlaces } from './fault-places'
import { overlaps } from './geometry'
import { type GraphLayout, graphLayout } from './graph-layout'
import { gentleCurve } from './links/path'
import { projectorLayout } from './projector-layout'
import { classicPool, structureWith } from './testing'
import { tidyLayout } from './tidy-layout'
import { uprightLayout } from './upright-layout'

const HARM = { short: 'corruption, duplication to servers', names: 'corruption, duplication' }

function placesIn({ links }: Pick<GraphLayout, 'links'>, zoom: number) {
  const harmed = [...links].map(([node, path], index) => ({
    node,
    path,
    harm: HARM,
    arrows: 1 + (index % 2),
  }))
  return faultPlaces(harmed, links.size, zoom)
}

const anyLayout = fc
  .record({
    clients: fc.integer({ min: 1, max: 12 }),
    pool: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
    aspect: fc.double({ min: 0.7, max: 3.2, noNaN: true }),
    kind: fc.constantFrom('tidy', 'projector', 'upright'),
  })
  .map(({ clients, pool, aspect, kind }) => {
    const structure = structureWith(
      clients,
      pool.map((servers, index) => [String(111 * (index + 1)), servers] as const),
    )
    const layout =
      kind === 'tidy'
        ? tidyLayout(structure, aspect)
        : kind === 'projector'
          ? projectorLayout(structure, aspect)
          : uprightLayout(structure)
    return graphLayout(structure, layout, new Map())
  })

test('no mark lies over another, with a fault on every link, at any zoom', () => {
  fc.assert(
    fc.property(anyLayout, fc.double({ min: 0.1, max: 2, noNaN: true }), (layout, zoom) => {
      const places = placesIn(layout, zoom)
      expect(places).toHaveLength(layout.links.size)
      for (const [index, { node, rect }] of places.entries()) {
        for (const other of places.slice(index + 1)) {
          expect(overlaps(rect, other.rect), `${node} and ${other.node}`).toBe(false)
        }
      }
    }),
    { seed: 20_261_129, numRuns: 60 },
  )
})

test('at the usual zoom each has its usual size', () => {
  const structure = classicPool()
  const layout = graphLayout(structure, tidyLayout(structure, 1.7), new Map())
  expect(placesIn(layout, 0.8).map(({ scale }) => scale)).toEqual(Array(10).fill(1))
})

test('words stand where the link has room for them', () => {
  const wordsOn = (length: number) => {
    const path = [gentleCurve({ x: 0, y: 0 }, { x: length, y: 0 })]
    return placesIn({ links: new Map([['server:100', path]]) }, 1)[0]?.words
  }
  expect(wordsOn(400)).toBe(HARM.short)
  expect(wordsOn(300)).toBe(HARM.names)
  expect(wordsOn(150)).toBeUndefined()
})
