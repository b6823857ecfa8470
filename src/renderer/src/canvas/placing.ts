// Keeps cards apart where people put them, so that links and packets always have a way between them. Pure.
import { type NodeId, PROXY } from '../../../shared/ids'
import type { Point } from '../ui/point'
import type { Rect } from './geometry'
import { CLEARANCE } from './links/clear'
import { USUAL } from './spacing'

/** Flow units that stay free beside a card: a channel for links, which begin at its sides. */
const BESIDE = 2 * CLEARANCE
/** Above and below it: cards of a tidy column are as close. */
const ABOVE = 8
const AROUND_CARD = { beside: BESIDE, above: ABOVE, below: ABOVE } as const
/** Around the roundabout, where all links meet; above it is its receipt. */
const AROUND_PROXY = { beside: 64, above: USUAL.caption + ABOVE, below: BESIDE } as const
const NONE = 1e-6
const FIRST_REACH = 300
/** Farther away there is nothing. */
const MOST_REACH = 1e6

/**
 * The places of all nodes: those that people have placed keep theirs, as far as they do not cover one another; the others
 * make room for them.
 */
export function keptApart(
  wanted: ReadonlyMap<NodeId, Rect>,
  placed: Iterable<NodeId>,
): ReadonlyMap<NodeId, Rect> {
  const first = [...placed].filter((node) => wanted.has(node))
  if (first.length === 0) return wanted
  const apart = new Map<NodeId, Rect>()
  const keep = (node: NodeId, rect: Rect) => {
    const inTheWay = [...apart].map(([other, one]) => withRoom(one, node, other))
    apart.set(node, { ...rect, ...nearestFree(rect, inTheWay) })
  }
  for (const node of first) keep(node, wanted.get(node) ?? EMPTY)
  const late: [NodeId, Rect][] = []
  const others = [...wanted].filter(([node]) => !apart.has(node))
  for (const [node, rect] of others) {
    const isFree = first.every(
      (other) => !overlap(rect, withRoom(apart.get(other) ?? EMPTY, node, other)),
    )
    if (isFree) apart.set(node, rect)
    else late.push([node, rect])
  }
  for (const [node, rect] of late) keep(node, rect)
  return new Map([...wanted.keys()].map((node) => [node, apart.get(node) ?? EMPTY]))
}

/** The place nearest to this one at which the rectangle covers none of these, which may be grown by what must stay free. */
export function nearestFree(rect: Rect, inTheWay: readonly Rect[]): Point {
  // Mostly there is room near by, and few are in the way there.
  for (let reach = FIRST_REACH; ; reach *= 2) {
    const around = {
      x: rect.x - reach,
      y: rect.y - reach,
      width: rect.width + 2 * reach,
      height: rect.height + 2 * reach,
    }
    const near = inTheWay.filter((other) => overlap(around, other))
    const free = nearestAmong(rect, near, reach)
    if (free) return free
    if (near.length === inTheWay.length && reach > MOST_REACH) return rect
  }
}

/** The nearest free place that is at most `reach` away. */
function nearestAmong(rect: Rect, inTheWay: readonly Rect[], reach: number): Point | undefined {
  const isFree = (place: Point) =>
    !inTheWay.some((other) => overlap({ ...rect, x: place.x, y: place.y }, other))
  if (isFree(rect)) return { x: rect.x, y: rect.y }
  // It touches what is in the way, with one edge or with two.
  const lefts = inTheWay.flatMap(({ x, width }) => [x - rect.width, x + width])
  const tops = inTheWay.flatMap(({ y, height }) => [y - rect.height, y + height])
  let best: Point | undefined
  let least = reach
  for (const x of nearestFirst(rect.x, lefts)) {
    if (Math.abs(x - rect.x) >= least) break
    for (const y of nearestFirst(rect.y, tops)) {
      const away = Math.hypot(x - rect.x, y - rect.y)
      if (away >= least) break
      if (!isFree({ x, y })) continue
      best = { x, y }
      least = away
    }
  }
  return best
}

const EMPTY: Rect = { x: 0, y: 0, width: 0, height: 0 }

/** Edges may touch. */
function overlap(one: Rect, other: Rect): boolean {
  return (
    one.x + NONE < other.x + other.width &&
    one.x + one.width > other.x + NONE &&
    one.y + NONE < other.y + other.height &&
    one.y + one.height > other.y + NONE
  )
}

/** The rectangle of one node with the space around it that the other one must leave free. */
export function withRoom({ x, y, width, height }: Rect, one: NodeId, other: NodeId): Rect {
  const isProxy = one === PROXY || other === PROXY
  const { above, below, beside } = isProxy ? AROUND_PROXY : AROUND_CARD
  // What is below a card is above the roundabout.
  const [top, bottom] = other === PROXY ? [above, below] : [below, above]
  return { x: x - beside, y: y - top, width: width + 2 * beside, height: height + top + bottom }
}

function nearestFirst(wanted: number, others: readonly number[]): number[] {
  return [wanted, ...others].sort((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted))
}
