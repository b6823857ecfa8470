// Random: each message goes to any of the available servers, a heavier one more often, in proportion (as nginx's `random`,
// which draws among all, and again where the drawn one is not available).
import type { Algorithm, Member } from './algorithm'
import { memberAt, remembered } from './places'

/** What the members weigh, cumulated. */
export interface Shares {
  readonly total: number
  /** By place, the sum of the weights up to it; undefined where all weigh the same. */
  readonly ends: readonly number[] | undefined
  /** Both count in such parts of a unit of weight. */
  readonly unit: number
}

/** A weight in a slow start is a multiple of such a part. */
const PARTS = 1_024

export function sharesOf(members: readonly Member[]): Shares {
  const isEven = members.every(({ weight }) => weight === members[0]?.weight)
  if (isEven) return { total: members.length, ends: undefined, unit: 1 }
  const unit = members.every(({ weight }) => Number.isInteger(weight)) ? 1 : PARTS
  const ends = endsOf(members).map((end) => end * unit)
  return { total: ends.at(-1) ?? 0, ends, unit }
}

/** By place, the sum of the weights up to it. */
export function endsOf(members: readonly Member[]): readonly number[] {
  let total = 0
  return members.map(({ weight }) => {
    total += weight
    return total
  })
}

/** The place whose share this point is in. */
export function placeAtPoint(ends: readonly number[] | undefined, point: number): number {
  if (ends === undefined) return point
  let low = 0
  let high = ends.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) > point) high = middle
    else low = middle + 1
  }
  return low
}

type Draws = (available: readonly Member[]) => Shares

/** Remembers nothing: a draw does not depend on those before it. */
export const random: Algorithm<Draws> = {
  name: 'random',
  hasTurn: false,

  begin: () => remembered(sharesOf),

  choose(available, memory, { random }) {
    const { total, ends, unit } = memory(available)
    const drawn = placeAtPoint(ends, random.integer(total))
    const { id, weight } = memberAt(available, drawn)
    return {
      server: id,
      memory,
      reason: () => ({
        by: 'random',
        drawn,
        ...(ends !== undefined && { weight, total: total / unit }),
      }),
    }
  },

  changed: () => remembered(sharesOf),
}
