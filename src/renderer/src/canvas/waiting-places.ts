// Where the messages of each queue stand: along the roundabout's rim, before the exit towards the policy's servers. Pure.
import type { ExchangeId, ProtocolId } from '../../../shared/ids'
import type { Point } from '../ui/point'
import { centreOf, type Rect } from './geometry'
import type { GraphLayout } from './graph-layout'

export interface PlacedQueue {
  readonly policy: ProtocolId
  /** The first ones, each with its place. */
  readonly beads: readonly { readonly exchange: ExchangeId; readonly at: Point }[]
  /** How many more there are, and where their number stands; undefined if all are shown. */
  readonly more: { readonly count: number; readonly at: Point } | undefined
}

/** How many messages of each queue are shown while there are few queues. */
const MOST_BEADS = 5
const FEW_QUEUES = 2
const MOST_OF_MANY = 2
/** Radians of the rim for one queue: of a small roundabout, fewer are shown. */
const LONGEST_ARC = 1.3
/** Radians from straight right or left: above and below are the captions. */
const STEEPEST = 1.15
/** To a bead: its distance from the rim, from the next one, and a queue's from the next queue. */
const OFF_RIM = 0.75
const APART = 1.12
const BETWEEN_QUEUES = 0.6

type Layout = Pick<GraphLayout, 'proxy' | 'boxes'>

/** `size`: of a bead, in flow units. */
export function waitingPlaces(
  waiting: ReadonlyMap<ProtocolId, readonly ExchangeId[]>,
  { proxy, boxes }: Layout,
  size: number,
): PlacedQueue[] {
  const disc: Rect = { ...proxy, height: proxy.width }
  const centre = centreOf(disc)
  const radius = proxy.width / 2 + OFF_RIM * size
  const step = (APART * size) / radius
  const fits = Math.max(MOST_OF_MANY, Math.floor(LONGEST_ARC / step))
  const most = Math.min(waiting.size <= FEW_QUEUES ? MOST_BEADS : MOST_OF_MANY, fits)
  const queues = [...waiting].map(([policy, exchanges]) => {
    const [largest] = boxes
      .filter((box) => box.policy === policy)
      .toSorted((one, other) => other.members.length - one.members.length)
    const shown = exchanges.slice(0, exchanges.length > most ? most - 1 : most)
    const count = exchanges.length - shown.length
    const places = shown.length + (count > 0 ? 1 : 0)
    const { angle, side } = towards(centre, largest?.rect)
    return { policy, shown, count, width: places * step, angle, side }
  })
  return [1, -1].flatMap((side) => {
    const here = queues.filter((queue) => queue.side === side)
    here.sort((one, other) => one.angle - other.angle)
    let free = Number.NEGATIVE_INFINITY
    return here.map(({ policy, shown, count, width, angle }) => {
      const start = Math.max(angle - width / 2, free)
      free = start + width + BETWEEN_QUEUES * step
      const placeOf = (index: number): Point => {
        const at = start + (index + 0.5) * step
        return {
          x: centre.x + side * radius * Math.cos(at),
          y: centre.y + radius * Math.sin(at),
        }
      }
      return {
        policy,
        beads: shown.map((exchange, index) => ({ exchange, at: placeOf(index) })),
        more: count > 0 ? { count, at: placeOf(shown.length) } : undefined,
      }
    })
  })
}

/** The angle below straight right or left at which the box is seen, not too steep; right where there is no box. */
function towards(centre: Point, box: Rect | undefined): { angle: number; side: number } {
  if (box === undefined) return { angle: 0, side: 1 }
  const { x, y } = centreOf(box)
  const side = x >= centre.x ? 1 : -1
  const angle = Math.atan2(y - centre.y, Math.abs(x - centre.x))
  return { angle: Math.max(-STEEPEST, Math.min(STEEPEST, angle)), side }
}
