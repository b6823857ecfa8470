import { describe, expect, test } from 'vitest'
import { PROXY } from '../../../shared/ids'
import { flowMapping } from './flow'
import { type GraphLayout, graphLayout } from './graph-layout'
import { classicPool } from './testing'
import { tidyLayout } from './tidy-layout'

const structure = classicPool()
const tidy = tidyLayout(structure, 1.7)
const tidyScene = graphLayout(structure, tidy, new Map())

describe('the layout', () => {
  test('leaves what was dragged where it is, and nothing else', () => {
    const layout = graphLayout(structure, tidy, new Map([['client:2', { x: -900, y: 700 }]]))
    expect(layout.actors.get('client:2')).toMatchObject({ x: -988, y: 672 })
    expect(layout.actors.get('client:3')).toEqual(tidyScene.actors.get('client:3'))
    expect(layout.links.get('client:3')).toEqual(tidyScene.links.get('client:3'))
  })

  test('takes all links along when the roundabout is dragged', () => {
    const layout = graphLayout(structure, tidy, new Map([[PROXY, { x: 500, y: 500 }]]))
    for (const [id, path] of layout.links) {
      expect(path.at(-1)?.[3]).not.toEqual(tidyScene.links.get(id)?.at(-1)?.[3])
    }
  })
})

describe('nodes and edges', () => {
  const mapped = (mapping: ReturnType<typeof flowMapping>, layout: GraphLayout) => ({
    nodes: mapping.nodes(structure, tidy, layout, null),
    edges: mapping.edges(layout),
  })

  test('stay the same objects while nothing moves', () => {
    const mapping = flowMapping()
    const before = mapped(mapping, tidyScene)
    const after = mapped(mapping, graphLayout(structure, tidy, new Map()))
    for (const [index, node] of after.nodes.entries()) expect(node).toBe(before.nodes[index])
    for (const [index, edge] of after.edges.entries()) expect(edge).toBe(before.edges[index])
  })

  test('change for the node that was dragged alone', () => {
    const mapping = flowMapping()
    const before = mapped(mapping, tidyScene)
    const moved = graphLayout(structure, tidy, new Map([['client:2', { x: -900, y: 700 }]]))
    const after = mapped(mapping, moved)
    const changed = after.nodes.filter((node, index) => node !== before.nodes[index])
    expect(changed.map(({ id }) => id)).toEqual(['client:2'])
    const changedEdges = after.edges.filter((edge, index) => edge !== before.edges[index])
    expect(changedEdges.map(({ source }) => source)).toEqual(['client:2'])
  })

  test('draw one edge per node, to the proxy', () => {
    const { edges } = mapped(flowMapping(), tidyScene)
    expect(edges.map(({ source }) => source)).toEqual(structure.actors.map(({ id }) => id))
    expect(new Set(edges.map(({ target }) => target))).toEqual(new Set([PROXY]))
  })
})
