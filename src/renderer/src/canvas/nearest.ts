// Which node an arrow key leads to: the nearest one in that direction, with a preference for those straight ahead.
import { centreOf, type Rect } from './geometry'

export type Direction = 'left' | 'right' | 'up' | 'down'

/** The cost of distance sideways, relative to distance straight ahead. */
const COST_OF_ASIDE = 2.5

/** Returns the id of the nearest rectangle in that direction, if there is one. */
export function nearestInDirection<Id>(
  from: Rect,
  others: Iterable<readonly [Id, Rect]>,
  direction: Direction,
): Id | undefined {
  const start = centreOf(from)
  let nearest: Id | undefined
  let leastCost = Number.POSITIVE_INFINITY
  for (const [id, rect] of others) {
    const { x, y } = centreOf(rect)
    const horizontal = direction === 'left' || direction === 'right'
    const sign = direction === 'right' || direction === 'down' ? 1 : -1
    const ahead = sign * (horizontal ? x - start.x : y - start.y)
    if (ahead < 1) continue
    const aside = Math.abs(horizontal ? y - start.y : x - start.x)
    const cost = ahead + COST_OF_ASIDE * aside
    if (cost < leastCost) {
      leastCost = cost
      nearest = id
    }
  }
  return nearest
}
