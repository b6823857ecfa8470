// The places of everything on the graph: the tidy layout with the dragged nodes, the policies' boxes around their
// servers, and the links from nodes to the roundabout's rim. Pure; flow.ts turns it into React Flow's nodes and edges.

import { type NodeId, PROXY, type ProtocolId } from '../../../shared/ids'
import type { Point } from '../ui/point'
import { boundsOf, centreOf, type Rect } from './geometry'
import type { LinkPath } from './links/path'
import { routeLinks } from './links/routes'
import { rimPoint } from './rim'
import type { Structure } from './structure'
import {
  CAPTION_HEIGHT,
  clientCell,
  GROUP_TITLE_HEIGHT,
  groupBox,
  serverCell,
  serversByPolicy,
  type TidyLayout,
} from './tidy-layout'

export interface PolicyBox {
  readonly policy: ProtocolId
  readonly members: readonly NodeId[]
  readonly rect: Rect
}

export interface GraphLayout {
  /** Clients, servers and the unknown program. */
  readonly actors: ReadonlyMap<NodeId, Rect>
  /** The roundabout with its caption. */
  readonly proxy: Rect
  readonly boxes: readonly PolicyBox[]
  readonly links: ReadonlyMap<NodeId, LinkPath>
}

/** Everything but the links. */
export function nodeLayout(
  structure: Structure,
  tidy: TidyLayout,
  dragged: ReadonlyMap<NodeId, Point>,
): Omit<GraphLayout, 'links'> {
  const placeOf = (id: NodeId): Point => dragged.get(id) ?? tidy.places.get(id) ?? { x: 0, y: 0 }
  const { radius } = tidy.roundabout
  const disc = { ...placeOf(PROXY), width: 2 * radius, height: 2 * radius }

  const actors = new Map<NodeId, Rect>()
  for (const { id, role } of structure.actors) {
    const cell = role === 'server' ? serverCell(tidy.serverTier) : clientCell(tidy.clientTier)
    actors.set(id, { ...placeOf(id), width: cell.width, height: cell.height })
  }

  const boxes: PolicyBox[] = []
  for (const [policy, servers] of serversByPolicy(structure)) {
    const members = servers.map(({ id }) => id)
    const bounds = boundsOf(members.flatMap((id) => actors.get(id) ?? []))
    if (policy !== '' && bounds) boxes.push({ policy, members, rect: groupBox(bounds) })
  }
  const proxy = { ...disc, height: disc.height + CAPTION_HEIGHT }
  return { actors, proxy, boxes }
}

export function graphLayout(
  structure: Structure,
  tidy: TidyLayout,
  dragged: ReadonlyMap<NodeId, Point>,
): GraphLayout {
  const layout = nodeLayout(structure, tidy, dragged)
  const { radius } = tidy.roundabout
  const disc = { ...layout.proxy, width: 2 * radius, height: 2 * radius }
  const centre = centreOf(disc)
  const links = routeLinks({
    cards: layout.actors,
    hub: { rect: layout.proxy, centre, rimToward: (from) => rimPoint(from, centre, radius) },
    boxes: layout.boxes.map(({ rect }) => ({
      rect,
      title: { ...rect, height: GROUP_TITLE_HEIGHT },
    })),
  })
  return { ...layout, links }
}

/** The rectangle of an actor or the proxy. */
export function rectOf(layout: Omit<GraphLayout, 'links'>, node: NodeId): Rect | undefined {
  return node === PROXY ? layout.proxy : layout.actors.get(node)
}
