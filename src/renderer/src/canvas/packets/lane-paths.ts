// The lines that are drawn for a link: one for each direction, exactly where its packets travel; a single one where there
// are many links.
import type { Point } from '../../ui/point'
import { hasDrawnLanes, laneFor } from '../links/lanes'
import { type LinkPath, svgPath } from '../links/path'
import { Curves, numbersOf, type Placement } from './curves'

/** A drawn lane has this many straight stretches at least, and more if each would be longer than this. */
const STRETCHES = { least: 64, longest: 5 } as const

export function lanePaths(path: LinkPath, links: number): string[] {
  if (!hasDrawnLanes(links)) return [svgPath(path)]
  const lane = laneFor(links)
  const curves = new Curves()
  curves.replace(Float64Array.from(numbersOf(path)))
  const stretches = Math.max(STRETCHES.least, Math.ceil(mostLength(path) / STRETCHES.longest))
  return [lane, -lane].map((aside) => lanePath(curves, aside, stretches))
}

/** A curve is no longer than the line through its control points. */
function mostLength(path: LinkPath): number {
  return path.reduce((sum, [p0, p1, p2, p3]) => sum + gap(p0, p1) + gap(p1, p2) + gap(p2, p3), 0)
}

function gap(one: Point, other: Point): number {
  return Math.hypot(other.x - one.x, other.y - one.y)
}

function lanePath(curves: Curves, lane: number, stretches: number): string {
  const at: Placement = { x: 0, y: 0, dx: 1, dy: 0 }
  const points = Array.from({ length: stretches + 1 }, (_, index) => {
    curves.place(0, index / stretches, false, lane, at)
    return `${at.x.toFixed(2)},${at.y.toFixed(2)}`
  })
  return `M${points.join(' ')}`
}
