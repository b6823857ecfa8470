// The bench's graph: clients, a proxy, and 50 or 300 servers in columns.
import type { Edge, Node } from 'reactflow'
import { gentleCurve } from '../../../src/renderer/src/canvas/links/path'
import type { DrawnLink } from '../../../src/renderer/src/canvas/packets/link-book'
import { PROXY } from '../../../src/shared/ids'

const CLIENTS = 20
const NODE = { width: 120, height: 34 }
const ROW = 44
const ROWS = 25

interface Graph {
  nodes: Node[]
  edges: Edge[]
  links: DrawnLink[]
}

export function makeGraph(servers: number): Graph {
  const nodes: Node[] = [node(PROXY, -70, -70, 'Reverse proxy', 140, 140)]
  const links: DrawnLink[] = []
  for (let index = 0; index < CLIENTS; index++) {
    const id = `client:${index + 1}`
    const y = (index - CLIENTS / 2) * ROW
    nodes.push(node(id, -620, y, `Client ${index + 1}`))
    const from = { x: -620 + NODE.width, y: y + NODE.height / 2 }
    links.push({ id, path: [gentleCurve(from, { x: -70, y: 0 })] })
  }
  for (let index = 0; index < servers; index++) {
    const id = `server:${index + 1}`
    const x = 420 + Math.floor(index / ROWS) * (NODE.width + 40)
    const y = ((index % ROWS) - ROWS / 2) * ROW
    nodes.push(node(id, x, y, `Server ${index + 1}`))
    links.push({ id, path: [gentleCurve({ x, y: y + NODE.height / 2 }, { x: 70, y: 0 })] })
  }
  const edges = links.map(({ id, path }) => ({
    id,
    source: id,
    target: PROXY,
    type: 'link',
    data: { path },
  }))
  return { nodes, edges, links }
}

function node(
  id: string,
  x: number,
  y: number,
  label: string,
  width = NODE.width,
  height = NODE.height,
): Node {
  return {
    id,
    position: { x, y },
    data: { label },
    type: 'box',
    width,
    height,
    style: { width, height },
  }
}
