// The links as numbers: one cubic Bézier each, walked at an even pace. The worker draws with it, and the window finds
// the packet under the pointer with it.
import type { Point } from '../../ui/point'
import { type Cubic, linkPath } from './link-path'

/** How many numbers describe one link: four points, x and y. NaN: the link is not on the graph now. */
export const NUMBERS_PER_LINK = 8

/** Steps of equal length into which a curve is divided to walk it at an even pace. */
const STEPS = 32
const SAMPLES = 96

/** A point on the graph and a direction (a unit vector). */
export interface Placement {
  x: number
  y: number
  dx: number
  dy: number
}

export class Curves {
  private points = new Float64Array(0)
  /** Per link: the curve's parameter after 0, 1, … STEPS equal lengths. Filled when first asked for. */
  private paces = new Float32Array(0)
  private paced = new Uint8Array(0)

  /** Replaces all links: NUMBERS_PER_LINK numbers each, in the order of their index. */
  replace(points: Float64Array): void {
    const count = points.length / NUMBERS_PER_LINK
    const before = this.points
    const paced = new Uint8Array(count)
    const paces = new Float32Array(count * (STEPS + 1))
    paces.set(this.paces.subarray(0, paces.length))
    // While a node is dragged, most links stay where they are and keep their pace.
    for (let index = 0; index < Math.min(count, this.paced.length); index++) {
      const at = index * NUMBERS_PER_LINK
      let same = this.paced[index] === 1
      for (let number = at; same && number < at + NUMBERS_PER_LINK; number++) {
        same = points[number] === before[number]
      }
      paced[index] = same ? 1 : 0
    }
    this.points = points.slice()
    this.paces = paces
    this.paced = paced
  }

  get count(): number {
    return this.paced.length
  }

  has(index: number): boolean {
    return index < this.paced.length && !Number.isNaN(this.number(index * NUMBERS_PER_LINK))
  }

  /** The eight numbers of a link, to draw it. */
  numbers(index: number): Float64Array {
    return this.points.subarray(index * NUMBERS_PER_LINK, (index + 1) * NUMBERS_PER_LINK)
  }

  /**
   * Computes the place at `fraction` (0 to 1) of a link's length, `lane` flow units to the right of the direction of
   * travel. `reversed`: from the link's last point to its first.
   */
  place(index: number, fraction: number, reversed: boolean, lane: number, out: Placement): void {
    const t = this.parameter(index, reversed ? 1 - fraction : fraction)
    const at = index * NUMBERS_PER_LINK
    const x0 = this.number(at)
    const y0 = this.number(at + 1)
    const x1 = this.number(at + 2)
    const y1 = this.number(at + 3)
    const x2 = this.number(at + 4)
    const y2 = this.number(at + 5)
    const x3 = this.number(at + 6)
    const y3 = this.number(at + 7)
    const u = 1 - t
    let dx = u * u * (x1 - x0) + 2 * u * t * (x2 - x1) + t * t * (x3 - x2)
    let dy = u * u * (y1 - y0) + 2 * u * t * (y2 - y1) + t * t * (y3 - y2)
    const length = Math.sqrt(dx * dx + dy * dy)
    const turn = reversed ? -1 : 1
    dx = length === 0 ? turn : (turn * dx) / length
    dy = length === 0 ? 0 : (turn * dy) / length
    // The screen's y points down, so the right-hand side of (dx, dy) is (-dy, dx).
    out.x = cubic(x0, x1, x2, x3, t) - dy * lane
    out.y = cubic(y0, y1, y2, y3, t) + dx * lane
    out.dx = dx
    out.dy = dy
  }

  private parameter(index: number, fraction: number): number {
    if (this.paced[index] === 0) this.pace(index)
    const position = fraction * STEPS
    const step = Math.min(Math.floor(position), STEPS - 1)
    const at = index * (STEPS + 1) + step
    const before = this.paces[at] ?? 0
    const after = this.paces[at + 1] ?? 1
    return before + (after - before) * (position - step)
  }

  private pace(index: number): void {
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = this.numbers(index)
    const lengths = new Float64Array(SAMPLES + 1)
    let x = x0
    let y = y0
    let length = 0
    for (let sample = 1; sample <= SAMPLES; sample++) {
      const t = sample / SAMPLES
      const nextX = cubic(x0, x1, x2, x3, t)
      const nextY = cubic(y0, y1, y2, y3, t)
      length += Math.sqrt((nextX - x) ** 2 + (nextY - y) ** 2)
      lengths[sample] = length
      x = nextX
      y = nextY
    }
    const at = index * (STEPS + 1)
    let sample = 1
    for (let step = 1; step < STEPS; step++) {
      const wanted = (length * step) / STEPS
      while (sample < SAMPLES && (lengths[sample] ?? 0) < wanted) sample++
      const before = lengths[sample - 1] ?? 0
      const stretch = (lengths[sample] ?? 0) - before
      const part = stretch > 0 ? (wanted - before) / stretch : 0
      this.paces[at + step] = (sample - 1 + part) / SAMPLES
    }
    this.paces[at + STEPS] = 1
    this.paced[index] = 1
  }

  private number(at: number): number {
    return this.points[at] ?? Number.NaN
  }
}

function cubic(p0: number, p1: number, p2: number, p3: number, t: number): number {
  const u = 1 - t
  return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3
}

/** A curve as the numbers that `Curves` takes. */
export function numbersOf(points: Cubic): number[] {
  return points.flatMap(({ x, y }) => [x, y])
}

/** The point at `fraction` (0 to 1) of the way from one end of a link to the other. */
export function pointOnLink(from: Point, to: Point, fraction: number): Point {
  const curves = new Curves()
  curves.replace(Float64Array.from(numbersOf(linkPath(from, to).points)))
  const at: Placement = { x: 0, y: 0, dx: 1, dy: 0 }
  curves.place(0, fraction, false, 0, at)
  return { x: at.x, y: at.y }
}
