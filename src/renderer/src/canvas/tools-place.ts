// The place of the selected node's tools: beside it, on the side of the roundabout, and over no other node. Pure.
import { type NodeId, PROXY } from '../../../shared/ids'
import { centreOf, overlaps, type Rect } from './geometry'
import { type NodeLayout, rectOf } from './graph-layout'

interface ToolsPlace {
  readonly side: 'left' | 'right'
  /** Which edges are aligned: the tools avoid the node's link, which comes from the roundabout's height. */
  readonly align: 'start' | 'end'
  /** From the node's edge to the tools, in flow units. */
  readonly distance: number
}

/**
 * The first free place for tools of this size (flow units) on the way from the node to the roundabout; directly beside
 * the node if no place is free.
 */
export function toolsPlace(
  layout: NodeLayout,
  node: NodeId,
  size: { width: number; height: number },
  gap: number,
  /** How far the tools reach beyond the node's edge, away from its link: the height of a second row. */
  beyond = 0,
): ToolsPlace {
  const rect = rectOf(layout, node) ?? { x: 0, y: 0, width: 0, height: 0 }
  const centre = centreOf(rect)
  const hub = centreOf(layout.proxy)
  const side = centre.x > hub.x ? 'left' : 'right'
  const align = centre.y > hub.y ? 'end' : 'start'
  const top = align === 'start' ? rect.y - beyond : rect.y + rect.height - size.height + beyond
  const inTheWay = [[PROXY, layout.proxy] as const, ...layout.actors]
    .filter(([id]) => id !== node)
    .map(([, other]) => other)

  let distance = gap
  for (let tries = 0; tries < inTheWay.length; tries++) {
    const left = side === 'left' ? rect.x - distance - size.width : rect.x + rect.width + distance
    const tools: Rect = { x: left, y: top, ...size }
    const obstacle = inTheWay.find((other) => overlaps(tools, other))
    if (!obstacle) return { side, align, distance }
    if (obstacle === layout.proxy) break
    distance =
      gap +
      (side === 'left' ? rect.x - obstacle.x : obstacle.x + obstacle.width - rect.x - rect.width)
  }
  return { side, align, distance: gap }
}
