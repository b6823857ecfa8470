// The ends of a node's link: the point of the node's edge that faces the roundabout, and the point of the rim that
// faces the node. A link depends only on its node and the roundabout, so that dragging one node moves one link.
import type { Point } from '../ui/point'
import { centreOf, type Rect } from './geometry'

export interface LinkEnds {
  /** On the node's side. */
  readonly node: Point
  /** On the roundabout's rim. */
  readonly rim: Point
}

/** `centre`, `radius`: the roundabout's. */
export function linkEnds(node: Rect, centre: Point, radius: number): LinkEnds {
  const middle = centreOf(node)
  const left = middle.x < centre.x
  const anchor = { x: left ? node.x + node.width : node.x, y: middle.y }
  return { node: anchor, rim: rimPoint(anchor, centre, radius) }
}

/** The point of the rim in the direction of `from`; straight right where `from` is the centre itself. */
export function rimPoint(from: Point, centre: Point, radius: number): Point {
  const dx = from.x - centre.x
  const dy = from.y - centre.y
  const distance = Math.hypot(dx, dy)
  if (distance === 0) return { x: centre.x + radius, y: centre.y }
  return { x: centre.x + (dx / distance) * radius, y: centre.y + (dy / distance) * radius }
}

export function sameEnds(one: LinkEnds, other: LinkEnds): boolean {
  return (
    one.node.x === other.node.x &&
    one.node.y === other.node.y &&
    one.rim.x === other.rim.x &&
    one.rim.y === other.rim.y
  )
}
