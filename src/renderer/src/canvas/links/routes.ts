// The way of each link, from its node to the roundabout's rim, over no card of another node, and around the boxes of other
// policies where a way exists. A link is one gentle curve where nothing is in its way. Otherwise a curve leads from the rim
// into a channel between cards, and the link follows channels from there. Pure: the same places give the same ways.
import type { NodeId } from '../../../../shared/ids'
import type { Point } from '../../ui/point'
import { grown, type Rect } from '../geometry'
import { Channels, type Start } from './channels'
import { CLEARANCE, isClear } from './clear'
import { laneFor } from './lanes'
import { type Cubic, gentleCurve, type LinkPath, reversed, roundedLine } from './path'

/** The roundabout. */
interface Hub {
  readonly disc: Rect
  /** Texts above and below the disc, which links do not cross. */
  readonly captions: readonly Rect[]
  readonly centre: Point
  /** A link that comes from this point ends here. */
  rimToward(from: Point): Point
}

interface Surroundings {
  /** Every card has one link, and is in the way of all others. */
  readonly cards: ReadonlyMap<NodeId, Rect>
  readonly hub: Hub
  /** Boxes around cards. A link runs through a box of other cards, or over any title, only if it must. */
  readonly boxes: readonly Box[]
  /** Between boxes and the channels around them. */
  readonly besideBox: number
}

interface Box {
  readonly members: readonly NodeId[]
  readonly rect: Rect
  readonly title: Rect | undefined
}

/** What a search for ways accepts. */
interface Terms {
  readonly clearance: number
  readonly overTitles: boolean
}

/** Where a card stands too close to others for packets to pass, links still pass between them. */
const LEAST_CLEARANCE = 3
/** From the strictest on. */
const TERMS: readonly Terms[] = [
  { clearance: CLEARANCE, overTitles: false },
  { clearance: CLEARANCE, overTitles: true },
  { clearance: LEAST_CLEARANCE, overTitles: true },
]
/**
 * What it costs to cross a box's edge, in flow units: more than any way around it. And, where that is accepted, a title,
 * as a factor.
 */
const COST = { edge: 100_000, title: 4 } as const
/** A card that is this close to straight above or below the roundabout has its link at its top or bottom. */
const LEAST_ASIDE = 40
/** How steep a curve from the rim into a channel may be: height / width. */
const STEEPEST = 3
/** For each row of channels and side of the roundabout: how many crossings are tried as ends of the first curve. */
const MOST_STARTS = 8

export function routeLinks(around: Surroundings): Map<NodeId, LinkPath> {
  const { cards, hub, boxes } = around
  const rects = [...cards.values()]
  const besideBox = boxClearance(around)
  const boxRects = boxes.map(({ rect }) => rect)
  const ownBoxes = new Map(boxes.flatMap(({ members, rect }) => members.map((id) => [id, rect])))
  const paths = new Map<NodeId, LinkPath>()
  const blocked = new Map<NodeId, Rect>()
  for (const [node, card] of cards) {
    const curve = directCurve(card, hub)
    paths.set(node, [curve])
    const isFree =
      isClear(curve, hub.captions, LEAST_CLEARANCE) &&
      isClear(curve, rects, CLEARANCE, card) &&
      isClear(curve, boxRects, besideBox, ownBoxes.get(node))
    if (!isFree) blocked.set(node, card)
  }
  for (const terms of TERMS) {
    if (blocked.size === 0) break
    const channels = channelsAround(around, blocked, terms)
    channels.search(startsOf(channels, around, rects, terms))
    for (const [node, card] of blocked) {
      const path = ledPath(channels, card, around, terms.clearance)
      if (!path) continue
      paths.set(node, path)
      blocked.delete(node)
    }
  }
  return paths
}

/** From the middle of a link that passes a box: its lanes keep off the box, if only just. */
function boxClearance({ besideBox }: Surroundings): number {
  return Math.min(LEAST_CLEARANCE + laneFor(0), besideBox - 1)
}

function directCurve(card: Rect, hub: Hub): Cubic {
  const middle = { x: card.x + card.width / 2, y: card.y + card.height / 2 }
  const left = middle.x < hub.centre.x
  const side = { x: left ? card.x + card.width : card.x, y: middle.y }
  const rim = hub.rimToward(side)
  const aside = left ? rim.x - side.x : side.x - rim.x
  if (aside >= LEAST_ASIDE) return gentleCurve(side, rim)
  const above = middle.y < hub.centre.y
  const end = { x: middle.x, y: above ? card.y + card.height : card.y }
  return gentleCurve(end, hub.rimToward(end), 'y')
}

/** Channels along all cards, boxes and the roundabout, with a row to the middle of each of these targets. */
function channelsAround(
  around: Surroundings,
  targets: ReadonlyMap<NodeId, Rect>,
  { clearance, overTitles }: Terms,
): Channels {
  const { cards, hub, boxes, besideBox } = around
  const inTheWay = [...cards.values(), hub.disc].map((rect) => grown(rect, clearance))
  const captions = hub.captions.map((rect) => grown(rect, LEAST_CLEARANCE + laneFor(0)))
  // Also where all cards are narrower than the roundabout, a way leads past it.
  const aside = grown(hub.disc, 3 * clearance)
  const edges = [
    aside,
    ...inTheWay,
    ...captions,
    ...boxes.map(({ rect }) => grown(rect, besideBox)),
  ]
  const middles = [...targets.values()].map(({ y, height }) => y + height / 2)
  const channels = new Channels(
    edges.flatMap(({ x, width }) => [x, x + width]),
    [...edges.flatMap(({ y, height }) => [y, y + height]), ...middles, hub.centre.y],
  )
  for (const { rect, title } of boxes) {
    channels.toll(grown(rect, boxClearance(around)), COST.edge)
    if (title && overTitles) channels.charge(title, COST.title)
    else if (title) channels.block(title)
  }
  for (const rect of [...inTheWay, ...captions]) channels.block(rect)
  return channels
}

/** The crossings that a clear curve from the rim reaches. */
function startsOf(
  channels: Channels,
  around: Surroundings,
  cards: readonly Rect[],
  { clearance, overTitles }: Terms,
): Start[] {
  const { hub, boxes } = around
  const { x, width } = hub.disc
  const right = channels.columns.filter((column) => column > x + width)
  const left = channels.columns.filter((column) => column < x).reverse()
  const titles = overTitles ? [] : boxes.flatMap(({ title }) => title ?? [])
  const isFree = (curve: Cubic) =>
    isClear(curve, cards, clearance) &&
    isClear(curve, titles, LEAST_CLEARANCE) &&
    isClear(curve, hub.captions, LEAST_CLEARANCE)
  const besideBox = boxClearance(around)
  const edgesCrossed = (curve: Cubic) =>
    boxes.reduce((sum, { rect }) => {
      if (isClear(curve, [rect], besideBox)) return sum
      return sum + (includes(grown(rect, besideBox), curve[3]) ? 1 : 2)
    }, 0)
  const starts: Start[] = []
  for (const row of channels.rows) {
    for (const [heading, columns] of [[-1, left] as const, [1, right] as const]) {
      let found = 0
      for (const column of columns) {
        const at = { x: column, y: row }
        const start = channels.isOpen(at)
          ? startAt(at, heading, hub, isFree, edgesCrossed)
          : undefined
        // Beyond a card there is no clear curve, and near ones are as good as more.
        if (start === undefined && found > 0) break
        if (start === undefined) continue
        starts.push(start)
        found++
        if (found === MOST_STARTS) break
      }
    }
  }
  return starts
}

function startAt(
  at: Point,
  heading: 1 | -1,
  hub: Hub,
  isFree: (curve: Cubic) => boolean,
  edgesCrossed: (curve: Cubic) => number,
): Start | undefined {
  const rim = hub.rimToward(at)
  const [reach, rise] = [Math.abs(at.x - rim.x), Math.abs(at.y - rim.y)]
  if (rise > STEEPEST * reach) return undefined
  const curve = gentleCurve(rim, at)
  if (!isFree(curve)) return undefined
  return { at, heading, cost: Math.hypot(reach, rise) + edgesCrossed(curve) * COST.edge }
}

function includes({ x, y, width, height }: Rect, point: Point): boolean {
  return point.x > x && point.x < x + width && point.y > y && point.y < y + height
}

function ledPath(
  channels: Channels,
  card: Rect,
  { hub, besideBox }: Surroundings,
  clearance: number,
): LinkPath | undefined {
  const y = card.y + card.height / 2
  const right = card.x + card.width
  const toLeft = channels.wayTo({ x: card.x - clearance, y })
  const toRight = channels.wayTo({ x: right + clearance, y })
  const isLeft =
    (toLeft?.cost ?? Number.POSITIVE_INFINITY) <= (toRight?.cost ?? Number.POSITIVE_INFINITY)
  const way = isLeft ? toLeft : toRight
  if (!way) return undefined
  const { start, points } = way
  const end = { x: isLeft ? card.x : right, y: points.at(-1)?.y ?? y }
  const curve = gentleCurve(hub.rimToward(start.at), start.at)
  // A larger radius would cut the corner of a box.
  const radius = Math.min(CLEARANCE, besideBox)
  return reversed([curve, ...roundedLine(corners([...points, end]), radius)])
}

/** The ends and the corners of a line of level and upright stretches. */
function corners(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1]
    const after = points[index + 1]
    if (!before || !after) return true
    return (
      !(before.x === point.x && point.x === after.x) &&
      !(before.y === point.y && point.y === after.y)
    )
  })
}
