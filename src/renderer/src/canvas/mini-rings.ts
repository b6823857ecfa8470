// The roundabout of very many policies: a list of small rings, each beside its policy's name, in rows around the proxy's
// name in the middle. Pure; the centre is 0, 0.
import type { Point } from '../ui/point'
import type { Rect } from './geometry'
import { overlaps } from './geometry'
import { type Band, KERB, LEAST_RADIUS, type RoundaboutShape } from './ring'

/** A small ring's cell: the ring, and right of it two lines of text. */
export const CELL = { width: 104, height: 34 } as const
const PITCH = { x: CELL.width + 6, y: CELL.height + 5 } as const
/** The small ring, around the middle of the cell's left part. */
export const MINI_BAND: Band = { inner: 8, outer: 15 }
/** The middle of the disc is for the proxy's name, algorithm and port. */
const HUB: Rect = { x: -66, y: -44, width: 132, height: 88 }
const MARGIN = KERB + 4
const RADIUS_STEP = 2

/** The smallest disc with a cell for each of this many policies. */
export function miniRingsShape(count: number): RoundaboutShape {
  const area = count * PITCH.x * PITCH.y + HUB.width * HUB.height
  let radius = Math.max(LEAST_RADIUS, Math.floor(Math.sqrt(area / Math.PI)))
  for (;;) {
    for (const grid of GRIDS) {
      const places = placesWithin(radius - MARGIN, grid)
      if (places.length >= count) {
        return { radius, hubRadius: 0, bands: [], cells: innermost(places, count) }
      }
    }
    radius += RADIUS_STEP
  }
}

/** Whether a column and a row lie on the centre, or the centre between two. */
const GRIDS = [
  { x: 0, y: 0.5 },
  { x: 0.5, y: 0.5 },
  { x: 0, y: 0 },
  { x: 0.5, y: 0 },
] as const

/** The cells of a grid that lie within the circle and leave the middle free, by their top left corners. */
function placesWithin(radius: number, grid: { x: number; y: number }): Point[] {
  const places: Point[] = []
  const columns = Math.ceil(radius / PITCH.x) + 1
  const rows = Math.ceil(radius / PITCH.y) + 1
  for (let row = -rows; row <= rows; row++) {
    for (let column = -columns; column <= columns; column++) {
      const x = (column + grid.x) * PITCH.x - CELL.width / 2
      const y = (row + grid.y) * PITCH.y - CELL.height / 2
      if (overlaps({ x, y, ...CELL }, HUB)) continue
      if (farthestCorner({ x, y }) <= radius) places.push({ x, y })
    }
  }
  return places
}

function farthestCorner({ x, y }: Point): number {
  const right = x + CELL.width
  const bottom = y + CELL.height
  return Math.hypot(Math.max(-x, right), Math.max(-y, bottom))
}

/** The cells nearest to the centre, in reading order. */
function innermost(places: readonly Point[], count: number): Point[] {
  return places
    .toSorted((a, b) => farthestCorner(a) - farthestCorner(b))
    .slice(0, count)
    .sort((a, b) => a.y - b.y || a.x - b.x)
}
