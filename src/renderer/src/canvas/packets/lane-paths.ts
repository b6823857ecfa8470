// The lines that are drawn for a link: one for each direction, exactly where its packets travel; a single one where there
// are many links.
import { hasDrawnLanes, laneFor } from '../links/lanes'
import { type LinkPath, svgPath } from '../links/path'
import { Curves, numbersOf, type Placement } from './curves'

/** Stretches of a drawn lane. */
const STRETCHES = 64

export function lanePaths(path: LinkPath, links: number): string[] {
  if (!hasDrawnLanes(links)) return [svgPath(path)]
  const lane = laneFor(links)
  const curves = new Curves()
  curves.replace(Float64Array.from(numbersOf(path)))
  return [lanePath(curves, lane), lanePath(curves, -lane)]
}

function lanePath(curves: Curves, lane: number): string {
  const at: Placement = { x: 0, y: 0, dx: 1, dy: 0 }
  const points = Array.from({ length: STRETCHES + 1 }, (_, index) => {
    curves.place(0, index / STRETCHES, false, lane, at)
    return `${at.x.toFixed(2)},${at.y.toFixed(2)}`
  })
  return `M${points.join(' ')}`
}
