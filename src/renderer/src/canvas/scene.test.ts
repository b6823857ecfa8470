import { describe, expect, test } from 'vitest'
import { PROXY } from '../../../shared/ids'
import { flowMapping } from './flow'
import { layout } from './layout'
import { type Scene, sceneOf } from './scene'
import { classicPool } from './testing'

const structure = classicPool()
const tidy = layout(structure, 1.7)
const tidyScene = sceneOf(structure, tidy, new Map())

describe('the scene', () => {
  test('leaves what was dragged where it is, and nothing else', () => {
    const scene = sceneOf(structure, tidy, new Map([['client:2', { x: 7, y: 9 }]]))
    expect(scene.actors.get('client:2')).toMatchObject({ x: 7, y: 9 })
    expect(scene.actors.get('client:3')).toEqual(tidyScene.actors.get('client:3'))
    expect(scene.links.get('client:3')).toEqual(tidyScene.links.get('client:3'))
  })

  test('stretches the box of a policy around a server that was dragged out of it', () => {
    const scene = sceneOf(structure, tidy, new Map([['server:1', { x: 2000, y: 2000 }]]))
    const box = scene.boxes[0]?.rect
    expect(box && box.x + box.width).toBeGreaterThan(2000)
  })

  test('takes all links along when the roundabout is dragged', () => {
    const scene = sceneOf(structure, tidy, new Map([[PROXY, { x: 500, y: 500 }]]))
    for (const [id, { rim }] of scene.links) expect(rim).not.toEqual(tidyScene.links.get(id)?.rim)
  })
})

describe('nodes and edges', () => {
  const mapped = (mapping: ReturnType<typeof flowMapping>, scene: Scene) => ({
    nodes: mapping.nodes(structure, tidy, scene, null),
    edges: mapping.edges(scene),
  })

  test('stay the same objects while nothing moves', () => {
    const mapping = flowMapping()
    const before = mapped(mapping, tidyScene)
    const after = mapped(mapping, sceneOf(structure, tidy, new Map()))
    for (const [index, node] of after.nodes.entries()) expect(node).toBe(before.nodes[index])
    for (const [index, edge] of after.edges.entries()) expect(edge).toBe(before.edges[index])
  })

  test('change for the node that was dragged alone', () => {
    const mapping = flowMapping()
    const before = mapped(mapping, tidyScene)
    const moved = sceneOf(structure, tidy, new Map([['client:2', { x: 7, y: 9 }]]))
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
