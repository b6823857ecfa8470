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
/** More than there can be members. */
const PLACES = 2 ** 16

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
  // Point and place in one number: typed arrays sort numbers quickly, and nothing else.
  const both = new Float64Array(total * perUnit)
  let count = 0
  for (const [place, weight] of weights.entries()) {
    addPoints(place, weight * perUnit, (point) => {
      both[count++] = point * PLACES + place
    })
  }
  both.sort()
  const points = new Uint32Array(both.length)
  const places = new Uint16Array(both.length)
  for (let index = 0; index < both.length; index++) {
    const value = both[index] ?? 0
    const point = Math.floor(value / PLACES)
    points[index] = point
    places[index] = value - point * PLACES
  }
  return { points, places }
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
