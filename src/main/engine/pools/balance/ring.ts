// Points of servers on a circle of 2^32, and who is near a key's point.

export interface HashRing {
  /** Sorted. Of equal points that of the earlier member comes first. */
  readonly points: Uint32Array
  /** By point, the place of the member whose point it is. */
  readonly places: Uint16Array
}

/**
 * More points take too long to sort. Where the weights ask for more, each unit of weight has fewer, which the real ones do not
 * do: they would take their time.
 */
const MOST_POINTS = 2 ** 20

/** Built when it is first looked at: a thousand servers that join one after the other need one ring, not a thousand. */
export type LazyRing = () => HashRing

export function lazyRing(
  weights: readonly number[],
  pointsPerUnit: number,
  addPoints: (place: number, count: number, add: (point: number) => void) => void,
): LazyRing {
  let built: HashRing | undefined
  return () => {
    built ??= build(weights, pointsPerUnit, addPoints)
    return built
  }
}

function build(
  weights: readonly number[],
  pointsPerUnit: number,
  addPoints: (place: number, count: number, add: (point: number) => void) => void,
): HashRing {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const perUnit = Math.max(1, Math.min(pointsPerUnit, Math.floor(MOST_POINTS / total)))
  // A weight in a slow start need not be whole.
  const counts = weights.map((weight) => Math.max(1, Math.round(weight * perUnit)))
  const size = counts.reduce((sum, points) => sum + points, 0)
  const ring = { points: new Uint32Array(size), places: new Uint16Array(size) }
  let count = 0
  for (const [place, points] of counts.entries()) {
    addPoints(place, points, (point) => {
      ring.points[count] = point
      ring.places[count++] = place
    })
  }
  return sortedByHalf(sortedByHalf(ring, 0), HALF_BITS)
}

const HALF_BITS = 16
const HALF = 2 ** HALF_BITS

/** Sorted by 16 bits of the points; equal ones stay in their order. Twice this is quicker than any comparison. */
function sortedByHalf({ points, places }: HashRing, shift: number): HashRing {
  const starts = new Uint32Array(HALF + 1)
  const halfOf = (point: number) => (point >>> shift) & (HALF - 1)
  for (const point of points) starts[halfOf(point) + 1] = (starts[halfOf(point) + 1] ?? 0) + 1
  for (let half = 1; half <= HALF; half++) {
    starts[half] = (starts[half] ?? 0) + (starts[half - 1] ?? 0)
  }
  const sorted = { points: new Uint32Array(points.length), places: new Uint16Array(points.length) }
  for (let index = 0; index < points.length; index++) {
    const point = points[index] ?? 0
    const at = starts[halfOf(point)] ?? 0
    starts[halfOf(point)] = at + 1
    sorted.points[at] = point
    sorted.places[at] = places[index] ?? 0
  }
  return sorted
}

/** The index of the first point that is not before the hash; the first of all behind the last one. */
export function indexFrom({ points }: HashRing, hash: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((points[middle] ?? 0) < hash) low = middle + 1
    else high = middle
  }
  return low === points.length ? 0 : low
}
