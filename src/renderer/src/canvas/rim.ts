// The roundabout's rim, at which links end.
import type { Point } from '../ui/point'

/** The point of the rim in the direction of `from`; straight right where `from` is the centre itself. */
export function rimPoint(from: Point, centre: Point, radius: number): Point {
  const dx = from.x - centre.x
  const dy = from.y - centre.y
  const distance = Math.hypot(dx, dy)
  if (distance === 0) return { x: centre.x + radius, y: centre.y }
  return { x: centre.x + (dx / distance) * radius, y: centre.y + (dy / distance) * radius }
}
