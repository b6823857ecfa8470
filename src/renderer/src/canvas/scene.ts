// Where everything is: the tidy layout, except for what was dragged; the policies' boxes around their servers; the
// links from nodes to the roundabout's rim. Pure; flow.ts turns it into React Flow's nodes and edges.
import { type NodeId, PROXY, type ProtocolId } from '../../../shared/ids'
import { boundsOf, centreOf, type Point, type Rect } from './geometry'
import {
  CAPTION_HEIGHT,
  clientCell,
  groupBox,
  type Layout,
  serverCell,
  serversByPolicy,
} from './layout'
import { type LinkEnds, linkEnds } from './rim'
import type { Structure } from './structure'

export interface PolicyBox {
  readonly policy: ProtocolId
  readonly members: readonly NodeId[]
  readonly rect: Rect
}

export interface Scene {
  /** Clients, servers and the unknown program. */
  readonly actors: ReadonlyMap<NodeId, Rect>
  /** The roundabout with its caption. */
  readonly proxy: Rect
  readonly boxes: readonly PolicyBox[]
  readonly links: ReadonlyMap<NodeId, LinkEnds>
}

export function sceneOf(
  structure: Structure,
  tidy: Layout,
  dragged: ReadonlyMap<NodeId, Point>,
): Scene {
  const placeOf = (id: NodeId): Point => dragged.get(id) ?? tidy.places.get(id) ?? { x: 0, y: 0 }
  const { radius } = tidy.roundabout
  const disc = { ...placeOf(PROXY), width: 2 * radius, height: 2 * radius }
  const centre = centreOf(disc)

  const actors = new Map<NodeId, Rect>()
  const links = new Map<NodeId, LinkEnds>()
  for (const { id, role } of structure.actors) {
    const cell = role === 'server' ? serverCell(tidy.serverTier) : clientCell(tidy.clientTier)
    const rect = { ...placeOf(id), width: cell.width, height: cell.height }
    actors.set(id, rect)
    links.set(id, linkEnds(rect, centre, radius))
  }

  const boxes: PolicyBox[] = []
  for (const [policy, servers] of serversByPolicy(structure)) {
    const members = servers.map(({ id }) => id)
    const bounds = boundsOf(members.flatMap((id) => actors.get(id) ?? []))
    if (policy !== '' && bounds) boxes.push({ policy, members, rect: groupBox(bounds) })
  }
  return {
    actors,
    proxy: { ...disc, height: disc.height + CAPTION_HEIGHT },
    boxes,
    links,
  }
}

/** The rectangle of an actor or the proxy. */
export function rectOf(scene: Scene, node: NodeId): Rect | undefined {
  return node === PROXY ? scene.proxy : scene.actors.get(node)
}
