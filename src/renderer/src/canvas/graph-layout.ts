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

export interface NodeLayout {
  /** Clients, servers and the unknown program. */
  readonly actors: ReadonlyMap<NodeId, Rect>
  /** The roundabout with the caption below it. */
  readonly proxy: Rect
  readonly boxes: readonly PolicyBox[]
}

export interface GraphLayout extends NodeLayout {
  /** The texts above and below the roundabout; none where links pass beneath them. */
  readonly captions: readonly Rect[]
  /** Also of nodes that are folded: the link of their group. */
  readonly links: ReadonlyMap<NodeId, LinkPath>
}

/** Flow units between the roundabout and its captions. */
const BESIDE_DISC = 6

/** Everything but the links. `places`: the middles of the nodes that people have placed. */
export function nodeLayout(
  structure: Structure,
  tidy: TidyLayout,
  places: ReadonlyMap<NodeId, Point>,
): NodeLayout {
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
  const { caption, captionWidth = 0, groupGap } = tidy.spacing
  const captions = captionsOf(disc, caption, captionWidth)
  const links = routeLinks({
    cards: layout.actors,
    hub: {
      disc,
      captions,
      centre,
      rimToward: (from) => rimPoint(from, centre, radius),
    },
    boxes: layout.boxes,
    besideBox: groupGap / 2,
  })
  return { ...layout, captions, links: withFolded(links, structure) }
}

/** A packet of a folded program travels on the link of its group. */
function withFolded(
  links: ReadonlyMap<NodeId, LinkPath>,
  { groups }: Structure,
): ReadonlyMap<NodeId, LinkPath> {
  if (groups.size === 0) return links
  const all = new Map(links)
  for (const [group, members] of groups) {
    const path = links.get(group)
    if (path) for (const member of members) all.set(member, path)
  }
  return all
}

/** The texts above and below the roundabout, which begin at some distance from it. */
function captionsOf(disc: Rect, height: number, width: number): Rect[] {
  if (width === 0) return []
  const text = { x: centreOf(disc).x - width / 2, width, height: height - 2 * BESIDE_DISC }
  return [
    { ...text, y: disc.y - height + BESIDE_DISC },
    { ...text, y: disc.y + disc.height + BESIDE_DISC },
  ]
}

/** The rectangle of an actor or the proxy. */
export function rectOf(layout: NodeLayout, node: NodeId): Rect | undefined {
  return node === PROXY ? layout.proxy : layout.actors.get(node)
}
