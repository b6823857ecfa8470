// The places of everything on the graph: the tidy layout with the nodes that people have placed, the policies' boxes around their
// servers, and the links from nodes to the roundabout's rim. Pure; flow.ts turns it into React Flow's nodes and edges.

import { type NodeId, PROXY } from '../../../shared/ids'
import type { Point } from '../ui/point'
import { centreOf, type Rect } from './geometry'
import type { LinkPath } from './links/path'
import { routeLinks } from './links/routes'
import { keptApart } from './placing'
import { type PolicyBox, policyBoxes } from './policy-boxes'
import { rimPoint } from './rim'
import type { Structure } from './structure'
import type { TidyLayout } from './tidy-layout'

export interface GraphLayout {
  /** Clients, servers and the unknown program. */
  readonly actors: ReadonlyMap<NodeId, Rect>
  /** The roundabout with its caption. */
  readonly proxy: Rect
  readonly boxes: readonly PolicyBox[]
  readonly links: ReadonlyMap<NodeId, LinkPath>
}

/** Everything but the links. `places`: the middles of the nodes that people have placed. */
export function nodeLayout(
  structure: Structure,
  tidy: TidyLayout,
  places: ReadonlyMap<NodeId, Point>,
): Omit<GraphLayout, 'links'> {
  const { spacing } = tidy
  const { radius } = tidy.roundabout
  const wanted = new Map<NodeId, Rect>()
  const want = (id: NodeId, width: number, height: number) => {
    const middle = places.get(id)
    const corner = middle
      ? { x: middle.x - width / 2, y: middle.y - height / 2 }
      : (tidy.places.get(id) ?? { x: 0, y: 0 })
    wanted.set(id, { ...corner, width, height })
  }
  want(PROXY, 2 * radius, 2 * radius + spacing.caption)
  for (const { id, role } of structure.actors) {
    const cell =
      role === 'server' ? spacing.servers[tidy.serverTier] : spacing.clients[tidy.clientTier]
    want(id, cell.width, cell.height)
  }
  const actors = new Map(keptApart(wanted, places.keys()))
  const proxy = actors.get(PROXY) ?? { x: 0, y: 0, width: 0, height: 0 }
  actors.delete(PROXY)

  return { actors, proxy, boxes: policyBoxes(structure, { actors, proxy }, spacing, places) }
}

export function graphLayout(
  structure: Structure,
  tidy: TidyLayout,
  places: ReadonlyMap<NodeId, Point>,
): GraphLayout {
  const layout = nodeLayout(structure, tidy, places)
  const { radius } = tidy.roundabout
  const disc = { ...layout.proxy, width: 2 * radius, height: 2 * radius }
  const centre = centreOf(disc)
  const links = routeLinks({
    cards: layout.actors,
    hub: { rect: layout.proxy, centre, rimToward: (from) => rimPoint(from, centre, radius) },
    boxes: layout.boxes,
    besideBox: tidy.spacing.groupGap / 2,
  })
  return { ...layout, links }
}

/** The rectangle of an actor or the proxy. */
export function rectOf(layout: Omit<GraphLayout, 'links'>, node: NodeId): Rect | undefined {
  return node === PROXY ? layout.proxy : layout.actors.get(node)
}
