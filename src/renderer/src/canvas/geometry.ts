// Points and rectangles in flow units: what zoom 1 shows as one pixel.
import type { Point } from '../ui/point'

/** `x`, `y`: the top left corner. */
export interface Rect extends Point {
  readonly width: number
  readonly height: number
}

export function centreOf(rect: Rect): Point {
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
}

/** The smallest rectangle around all of these; undefined without any. */
export function boundsOf(rects: Iterable<Rect>): Rect | undefined {
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (const { x, y, width, height } of rects) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  if (left > right) return undefined
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The rectangle with a margin on each side. */
export function grown({ x, y, width, height }: Rect, by: number): Rect {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by }
}

/** The distance between the nearest points of two rectangles. */
export function gapBetween(one: Rect, other: Rect): number {
  const dx = Math.max(other.x - one.x - one.width, one.x - other.x - other.width, 0)
  const dy = Math.max(other.y - one.y - one.height, one.y - other.y - other.height, 0)
  return Math.hypot(dx, dy)
}

export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

export function overlaps(one: Rect, other: Rect): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

/** Flow units as pixels: the rectangle as this zoom shows it. */
export function scaled({ x, y, width, height }: Rect, zoom: number): Rect {
  return { x: x * zoom, y: y * zoom, width: width * zoom, height: height * zoom }
}
