// The shape of a link: a chain of cubic Béziers from its node to the roundabout's rim. The drawn line and the packets on
// it both follow this one path.
import type { Point } from '../../ui/point'

/** A cubic Bézier: start, two control points, end. */
export type Cubic = readonly [Point, Point, Point, Point]

/** Each cubic begins where the one before it ends. Never empty. */
export type LinkPath = readonly Cubic[]

const MIN_REACH = 40
/** A quarter of a circle as a cubic: the distance of its control points, for a radius of 1. */
const QUARTER = 0.5523

/** The axis along which a curve leaves its ends. */
type Axis = 'x' | 'y'

/** A gentle curve between two points, parallel to the axis at both ends. */
export function gentleCurve(from: Point, to: Point, axis: Axis = 'x'): Cubic {
  const other = axis === 'x' ? 'y' : 'x'
  const along = to[axis] - from[axis]
  const side = along < 0 ? -1 : 1
  // Without a least reach, ends one above the other would be joined by a straight line through both nodes.
  const reach =
    side * Math.max(Math.abs(along) / 2, Math.min(MIN_REACH, Math.abs(to[other] - from[other]) / 2))
  return [from, { ...from, [axis]: from[axis] + reach }, { ...to, [axis]: to[axis] - reach }, to]
}

/** A line through these points, with corners of at most this radius. All corners are right angles. */
export function roundedLine(points: readonly Point[], radius: number): Cubic[] {
  const cubics: Cubic[] = []
  let at = points[0]
  for (let index = 1; index < points.length; index++) {
    const corner = points[index]
    if (!at || !corner) break
    const next = points[index + 1]
    if (!next) {
      cubics.push(...straight(at, corner))
      break
    }
    // The first and the last stretch have one corner each, the others two.
    const before = distance(points[index - 1] ?? at, corner) / (index > 1 ? 2 : 1)
    const after = distance(corner, next) / (index + 2 < points.length ? 2 : 1)
    const turn = Math.min(radius, before, after)
    const start = towards(corner, at, turn)
    const end = towards(corner, next, turn)
    cubics.push(...straight(at, start))
    if (turn > 0) {
      cubics.push([
        start,
        towards(start, corner, turn * QUARTER),
        towards(end, corner, turn * QUARTER),
        end,
      ])
    }
    at = end
  }
  return cubics
}

export function reversed(path: LinkPath): LinkPath {
  return path.map(([start, one, other, end]): Cubic => [end, other, one, start]).reverse()
}

/** The path for SVG. */
export function svgPath(path: LinkPath): string {
  const [first] = path
  if (!first) return ''
  const curves = path.map(
    ([, one, other, end]) => `C${one.x},${one.y} ${other.x},${other.y} ${end.x},${end.y}`,
  )
  return `M${first[0].x},${first[0].y} ${curves.join(' ')}`
}

export function samePath(one: LinkPath, other: LinkPath): boolean {
  return one.length === other.length && one.every((cubic, index) => sameCubic(cubic, other[index]))
}

function sameCubic(one: Cubic, other: Cubic | undefined): boolean {
  return one.every(({ x, y }, index) => x === other?.[index]?.x && y === other[index]?.y)
}

/** A cubic's x or y at `t` (0 to 1), from those of its four points. */
export function coordinateAt(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const u = 1 - t
  return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3
}

/** Nothing for a line without a length, which would have no direction. */
function straight(from: Point, to: Point): Cubic[] {
  const length = distance(from, to)
  if (length < 1e-6) return []
  return [[from, towards(from, to, length / 3), towards(to, from, length / 3), to]]
}

function distance(one: Point, other: Point): number {
  return Math.hypot(other.x - one.x, other.y - one.y)
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to)
  if (whole === 0) return from
  return {
    x: from.x + ((to.x - from.x) * length) / whole,
    y: from.y + ((to.y - from.y) * length) / whole,
  }
}
