// The links as numbers, walked at an even pace. The worker draws with them, and the window finds the packet under the
// pointer with them.
import type { Point } from '../../ui/point'
import { laneFor } from '../links/lanes'
import { coordinateAt, type LinkPath } from '../links/path'

/** A cubic shares its first point with the one before, so that each has six numbers of its own. */
const NUMBERS_PER_CUBIC = 6
/** Steps of equal length into which a cubic is divided to walk it at an even pace. */
const STEPS = 32
const SAMPLES = 96

/** A point on the graph and a direction (a unit vector). */
export interface Placement {
  x: number
  y: number
  dx: number
  dy: number
}

/** A path as the numbers that `Curves` takes: how many follow; the first point; three points for each cubic. */
export function numbersOf(path: LinkPath): number[] {
  const [first] = path
  if (!first) return [0]
  const points = [first[0], ...path.flatMap(([, ...others]) => others)]
  return [2 * points.length, ...points.flatMap(({ x, y }) => [x, y])]
}

interface Walk {
  /** The first point and three points for each cubic; empty: the link is not on the graph now. */
  readonly numbers: Float64Array
  readonly cubics: number
  /** Filled when first asked for. */
  pace: Pace | undefined
}

interface Pace {
  /** The part of the path's length (0 to 1) at the end of each cubic. */
  readonly ends: Float64Array
  /** The parameter of each cubic after 0, 1, … STEPS equal lengths. */
  readonly parameters: Float32Array
}

export class Curves {
  private walks: readonly Walk[] = []
  /** Flow units from the middle of a link to its lanes. */
  lane = laneFor(0)

  /** Replaces all links: the numbers of each (`numbersOf`), in the order of their index. */
  replace(all: Float64Array): void {
    const before = this.walks
    const walks: Walk[] = []
    for (let at = 0; at < all.length; ) {
      const end = at + 1 + (all[at] ?? 0)
      const numbers = all.slice(at + 1, end)
      const last = before[walks.length]
      // While a node is dragged, most links stay where they are and keep their pace.
      walks.push(last !== undefined && same(last.numbers, numbers) ? last : walkOf(numbers))
      at = end
    }
    this.walks = walks
    this.lane = laneFor(walks.filter(({ cubics }) => cubics > 0).length)
  }

  get count(): number {
    return this.walks.length
  }

  has(index: number): boolean {
    return (this.walks[index]?.cubics ?? 0) > 0
  }

  /** The points of a link, to draw it: the first one, and three for each cubic. */
  numbers(index: number): Float64Array {
    return this.walks[index]?.numbers ?? new Float64Array(0)
  }

  /**
   * Computes the place at `fraction` (0 to 1) of a link's length, `lane` flow units to the right of the direction of
   * travel. `reversed`: from the link's last point to its first.
   */
  place(index: number, fraction: number, reversed: boolean, lane: number, out: Placement): void {
    const walk = this.walks[index]
    if (walk === undefined || walk.cubics === 0) return
    walk.pace ??= paceOf(walk)
    const { numbers, cubics, pace } = walk
    const whole = reversed ? 1 - fraction : fraction
    let cubic = 0
    while (cubic < cubics - 1 && whole > (pace.ends[cubic] ?? 1)) cubic++
    const t = parameterAt(pace, cubic, whole)
    const at = cubic * NUMBERS_PER_CUBIC
    const x0 = numbers[at] ?? 0
    const y0 = numbers[at + 1] ?? 0
    const x1 = numbers[at + 2] ?? 0
    const y1 = numbers[at + 3] ?? 0
    const x2 = numbers[at + 4] ?? 0
    const y2 = numbers[at + 5] ?? 0
    const x3 = numbers[at + 6] ?? 0
    const y3 = numbers[at + 7] ?? 0
    const u = 1 - t
    let dx = u * u * (x1 - x0) + 2 * u * t * (x2 - x1) + t * t * (x3 - x2)
    let dy = u * u * (y1 - y0) + 2 * u * t * (y2 - y1) + t * t * (y3 - y2)
    const length = Math.sqrt(dx * dx + dy * dy)
    const turn = reversed ? -1 : 1
    dx = length === 0 ? turn : (turn * dx) / length
    dy = length === 0 ? 0 : (turn * dy) / length
    // The screen's y points down, so the right-hand side of (dx, dy) is (-dy, dx).
    out.x = coordinateAt(x0, x1, x2, x3, t) - dy * lane
    out.y = coordinateAt(y0, y1, y2, y3, t) + dx * lane
    out.dx = dx
    out.dy = dy
  }
}

function walkOf(numbers: Float64Array): Walk {
  const cubics = Math.max(0, (numbers.length - 2) / NUMBERS_PER_CUBIC)
  return { numbers, cubics, pace: undefined }
}

function same(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((number, index) => number === other[index])
}

/** The parameter of a cubic at `whole` (0 to 1) of the path's length. */
function parameterAt({ ends, parameters }: Pace, cubic: number, whole: number): number {
  const start = cubic === 0 ? 0 : (ends[cubic - 1] ?? 0)
  const part = (ends[cubic] ?? 1) - start
  const position = part > 0 ? ((whole - start) / part) * STEPS : 0
  const step = Math.max(0, Math.min(Math.floor(position), STEPS - 1))
  const at = cubic * (STEPS + 1) + step
  const before = parameters[at] ?? 0
  const after = parameters[at + 1] ?? 1
  return before + (after - before) * (position - step)
}

function paceOf({ numbers, cubics }: Walk): Pace {
  const ends = new Float64Array(cubics)
  const parameters = new Float32Array(cubics * (STEPS + 1))
  const lengths = new Float64Array(SAMPLES + 1)
  let length = 0
  for (let cubic = 0; cubic < cubics; cubic++) {
    measure(numbers, cubic, lengths)
    length += lengths[SAMPLES] ?? 0
    ends[cubic] = length
    evenly(lengths, parameters.subarray(cubic * (STEPS + 1)))
  }
  return { ends: ends.map((end) => (length > 0 ? end / length : 1)), parameters }
}

/** Writes the lengths of a cubic up to each of its samples. */
function measure(numbers: Float64Array, cubic: number, lengths: Float64Array): void {
  const at = cubic * NUMBERS_PER_CUBIC
  const of = (offset: number) => numbers[at + offset] ?? 0
  let x = of(0)
  let y = of(1)
  let length = 0
  for (let sample = 1; sample <= SAMPLES; sample++) {
    const t = sample / SAMPLES
    const nextX = coordinateAt(of(0), of(2), of(4), of(6), t)
    const nextY = coordinateAt(of(1), of(3), of(5), of(7), t)
    length += Math.sqrt((nextX - x) ** 2 + (nextY - y) ** 2)
    lengths[sample] = length
    x = nextX
    y = nextY
  }
}

/** Writes the parameters after each of STEPS equal lengths. */
function evenly(lengths: Float64Array, parameters: Float32Array): void {
  const length = lengths[SAMPLES] ?? 0
  let sample = 1
  for (let step = 1; step < STEPS; step++) {
    const wanted = (length * step) / STEPS
    while (sample < SAMPLES && (lengths[sample] ?? 0) < wanted) sample++
    const before = lengths[sample - 1] ?? 0
    const stretch = (lengths[sample] ?? 0) - before
    const part = stretch > 0 ? (wanted - before) / stretch : 0
    parameters[step] = (sample - 1 + part) / SAMPLES
  }
  parameters[STEPS] = 1
}

type Places = (fraction: number, reversed?: boolean, lane?: number) => Point

const known = new WeakMap<LinkPath, Places>()

/** The points of a link, for those that ask for many: its pace is computed once. */
export function pathPlaces(path: LinkPath): Places {
  const before = known.get(path)
  if (before) return before
  const curves = new Curves()
  curves.replace(Float64Array.from(numbersOf(path)))
  const at: Placement = { x: 0, y: 0, dx: 1, dy: 0 }
  const places: Places = (fraction, reversed = false, lane = 0) => {
    curves.place(0, fraction, reversed, lane, at)
    return { x: at.x, y: at.y }
  }
  known.set(path, places)
  return places
}

/**
 * The point at `fraction` (0 to 1) of the way from a link's node to the proxy, or the other way round, in a lane like
 * `Curves.place`.
 */
export function pointOnLink(path: LinkPath, fraction: number, reversed = false, lane = 0): Point {
  return pathPlaces(path)(fraction, reversed, lane)
}
