// Where labels of points on the graph stand: near their points, in view, over as little as possible, never over one
// another. Pure.
// All lengths are in pixels.
import type { Point } from '../ui/point'
import { grown, overlaps, type Rect } from './geometry'

interface LabelledPoint {
  readonly at: Point
  readonly width: number
  readonly height: number
  /** What stands above the point already, so that its label has to be below. */
  readonly onlyBelow?: boolean
  /** The side on which less is in the way, all else being equal. */
  readonly rather: 'left' | 'right'
}

export interface Obstacle {
  readonly rect: Rect
  /** The cost of covering one pixel of it. */
  readonly cost: number
  /** The cost of a leader line across it. */
  readonly crossed: number
}

export interface LabelPlace {
  /** The label's top left corner, and where its leader line meets it; both relative to the point. */
  readonly corner: Point
  readonly leader: Point
}

/** The gaps that are tried between a point and the labels above, below and beside it. */
const GAPS = [18, 36, 56, 80, 108, 140, 176, 216]
/** How much higher or lower than its point a label beside it is tried. */
const SHIFTS = [0, -16, 16, -34, 34, -56, 56, -84, 84]
/** How far a label above or below to one side extends back over its point. */
const BACK = 18
/** The cost of each pixel that a label is away from its point. */
const AWAY = 6
/** The cost of a label beside its point, and on the side where more is in the way. */
const BESIDE = 30
const OTHER_SIDE = 40
/** The cost of a label that is partly out of view, and of each pixel of it that is. */
const OUT_OF_VIEW = 2_000
const UNSEEN = 10
/** Between two labels. */
const APART = 3

/** The place of each label; the earlier ones take the better places. Labels of points in `view` stay in it. */
export function placeLabels(
  points: readonly LabelledPoint[],
  obstacles: readonly Obstacle[],
  view?: Rect,
): LabelPlace[] {
  const taken: { rect: Rect; from: Point; to: Point }[] = []
  return points.map((point) => {
    let best: { corner: Point; leader: Point; rect: Rect; cost: number } | undefined
    for (const { corner, cost: begun } of candidates(point, view)) {
      const rect = { x: point.at.x + corner.x, y: point.at.y + corner.y, ...sizeOf(point) }
      const leader = nearestIn(rect, point.at)
      const line = { from: point.at, to: { x: leader.x + point.at.x, y: leader.y + point.at.y } }
      let cost = begun + (view && isIn(view, point.at) ? costOutside(view, rect) : 0)
      for (const obstacle of obstacles) {
        cost += obstacle.cost * sharedArea(rect, obstacle.rect)
        if (!isIn(obstacle.rect, point.at) && crosses(line.from, line.to, obstacle.rect)) {
          cost += obstacle.crossed
        }
      }
      for (const other of taken) {
        const room = grown(other.rect, APART)
        // Only if every place is taken does a label lie over another one.
        if (overlaps(room, rect)) cost += 1e6 + sharedArea(room, rect)
        else if (crosses(line.from, line.to, room) || crosses(other.from, other.to, rect))
          cost += 1e4
      }
      if (best === undefined || cost < best.cost) best = { corner, leader, rect, cost }
    }
    // There are always candidates.
    const { corner, leader, rect } = best ?? {
      corner: { x: 0, y: 0 },
      leader: { x: 0, y: 0 },
      rect: { ...point.at, ...sizeOf(point) },
    }
    const to = { x: point.at.x + leader.x, y: point.at.y + leader.y }
    taken.push({ rect, from: point.at, to })
    return { corner, leader }
  })
}

interface Candidate {
  readonly corner: Point
  readonly cost: number
}

function candidates(point: LabelledPoint, view: Rect | undefined): Candidate[] {
  return GAPS.flatMap((gap) => [...aboveAndBelow(point, view, gap), ...beside(point, gap)])
}

/** A label that is nearly as wide as the view is moved along, so that it is seen whole. */
function aboveAndBelow(point: LabelledPoint, view: Rect | undefined, gap: number): Candidate[] {
  const { at, width, height, onlyBelow, rather } = point
  const least = view === undefined ? Number.NEGATIVE_INFINITY : view.x - at.x
  const most = view === undefined ? Number.POSITIVE_INFINITY : least + view.width - width
  const inView = (x: number) => (least <= most ? Math.min(Math.max(x, least), most) : x)
  const reaches = [
    { x: rather === 'right' ? -BACK : BACK - width, cost: 0 },
    { x: -width / 2, cost: OTHER_SIDE / 2 },
    { x: rather === 'right' ? BACK - width : -BACK, cost: OTHER_SIDE },
  ]
  const sides = onlyBelow ? [gap] : [-gap - height, gap]
  return sides.flatMap((y) =>
    reaches.map(({ x, cost }) => ({
      corner: { x: inView(x), y },
      cost: cost + AWAY * (gap + Math.abs(inView(x) - x)),
    })),
  )
}

function beside({ width, height, onlyBelow, rather }: LabelledPoint, gap: number): Candidate[] {
  if (onlyBelow) return []
  const sides = [
    { x: gap, cost: rather === 'right' ? 0 : OTHER_SIDE },
    { x: -gap - width, cost: rather === 'left' ? 0 : OTHER_SIDE },
  ]
  return sides.flatMap(({ x, cost }) =>
    SHIFTS.map((shift) => ({
      corner: { x, y: shift - height / 2 },
      cost: cost + BESIDE + AWAY * Math.hypot(gap, shift),
    })),
  )
}

function sizeOf({ width, height }: LabelledPoint) {
  return { width, height }
}

/** The point of the rectangle that is nearest to `to`, relative to `to`. */
function nearestIn({ x, y, width, height }: Rect, to: Point): Point {
  return {
    x: Math.min(Math.max(to.x, x), x + width) - to.x,
    y: Math.min(Math.max(to.y, y), y + height) - to.y,
  }
}

function isIn({ x, y, width, height }: Rect, point: Point): boolean {
  return point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height
}

/** Whether the stretch from one point to another passes through a rectangle (Liang–Barsky). */
function crosses(from: Point, to: Point, { x, y, width, height }: Rect): boolean {
  let first = 0
  let last = 1
  const sides = [
    [from.x - to.x, from.x - x],
    [to.x - from.x, x + width - from.x],
    [from.y - to.y, from.y - y],
    [to.y - from.y, y + height - from.y],
  ] as const
  for (const [speed, room] of sides) {
    if (speed === 0) {
      if (room < 0) return false
      continue
    }
    const at = room / speed
    if (speed < 0) first = Math.max(first, at)
    else last = Math.min(last, at)
  }
  return first < last
}

function costOutside(view: Rect, rect: Rect): number {
  const unseen = rect.width * rect.height - sharedArea(view, rect)
  return unseen > 0 ? OUT_OF_VIEW + UNSEEN * unseen : 0
}

function sharedArea(one: Rect, other: Rect): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return width > 0 && height > 0 ? width * height : 0
}
