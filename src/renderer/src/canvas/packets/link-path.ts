// The shape of a link, for the edge and for the packets that travel along it.
import type { Point } from '../../ui/point'

/** A cubic Bézier: start, two control points, end. */
export type Cubic = readonly [Point, Point, Point, Point]

const MIN_REACH = 40

/**
 * The curve between two points in flow coordinates, horizontal at both ends. `d` is for an SVG path, `points` for
 * geometry. Swapped ends give the same curve, reversed.
 */
export function linkPath(source: Point, target: Point): { d: string; points: Cubic } {
  const across = target.x - source.x
  const side = across < 0 ? -1 : 1
  // Without a least reach, ends one above the other would be joined by a straight line through both nodes.
  const reach =
    side * Math.max(Math.abs(across) / 2, Math.min(MIN_REACH, Math.abs(target.y - source.y) / 2))
  const points: Cubic = [
    source,
    { x: source.x + reach, y: source.y },
    { x: target.x - reach, y: target.y },
    target,
  ]
  const [start, leaving, arriving, end] = points
  return {
    d: `M${start.x},${start.y} C${leaving.x},${leaving.y} ${arriving.x},${arriving.y} ${end.x},${end.y}`,
    points,
  }
}
