// A sequence diagram as geometry: from packets to lifelines and arrows with their places in pixels. Independent of
// React and of colours.

import { type NodeId, PROXY, type SimMs } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import type { Point } from '../ui/point'
import { type Break, type Scale, scaleOf } from './scale'

interface Lifeline {
  node: NodeId
  x: number
}

/** `arrived` at the other lifeline, `lost` on its way, `flying` or `held` at the moment drawn. */
type ArrowEnd = 'arrived' | 'lost' | 'flying' | 'held'

export interface Arrow {
  packet: Packet
  /** From where it was sent or copied: straight, or with the place in it where it is or was held. */
  path: readonly Point[]
  end: ArrowEnd
  /** Where it is or was held: the upper and the lower point. */
  hold: readonly [Point, Point] | undefined
  /** The place of its shape. */
  shape: Point
  /** The place where its label starts, and the direction in which it is written. */
  label: Point & { anchor: 'start' | 'end' }
  /** Its extent in height, with its label. */
  top: number
  bottom: number
}

export interface Diagram {
  width: number
  height: number
  /** The width left of the first lifeline, for the times. */
  gutter: number
  /** The distance between two lifelines. */
  spacing: number
  row: number
  lifelines: readonly Lifeline[]
  /** In the order of sending. */
  arrows: readonly Arrow[]
  /** Moments beside which there is space for their time. */
  ticks: readonly { at: SimMs; y: number }[]
  breaks: readonly Break[]
}

interface LayoutInput {
  /** In the order of sending. */
  packets: readonly Packet[]
  /** Nodes in order of appearance, which the lifelines keep. */
  nodes: Iterable<NodeId>
  /** The moment drawn, by which the places of packets in flight are computed. */
  now: SimMs
  /** The available width, in pixels. */
  width: number
  /** The height of a line of text, in pixels. */
  row: number
  /**
   * The height of the visible end, in pixels. Then only the lifelines of packets there are drawn and, as far as there
   * is space, those of earlier ones. Undefined: all lifelines.
   */
  endInSight?: number | undefined
}

/** In rows. */
const GUTTER = 5
const LEAST_SPACING = 4.6
const MOST_SPACING = 15
/** The height of a packet's usual time on its link. */
const FLIGHT = 2.2
/** The least part of the way that an arrow shows, so that its end is apart from its lifeline. */
const LEAST_WAY = 0.22

export function layOut({ packets, nodes, now, width, row, endInSight }: LayoutInput): Diagram {
  const scale = scaleOf({
    sendings: packets.map(({ id, sentAt }) => ({ id, at: sentAt })),
    moments: packets.flatMap((packet) => momentsOf(packet, now)),
    top: row * 1.2,
    row,
    pixelsPerMs: (FLIGHT * row) / Math.max(usualFlight(packets), 1),
  })
  const height = scale.bottom + row * 1.2
  const gutter = GUTTER * row
  const drawn =
    endInSight === undefined
      ? packets
      : withNewest(packets, Math.floor((width - gutter) / (LEAST_SPACING * row)), (packet) => {
          const last = Math.max(...momentsOf(packet, now))
          return scale.yOf(last) >= height - endInSight
        })
  const order = lifelineOrder(drawn, nodes)
  const room = (width - gutter) / Math.max(order.length, 1)
  const spacing = Math.min(Math.max(room, LEAST_SPACING * row), MOST_SPACING * row)
  const lifelines = order.map((node, index) => ({ node, x: gutter + (index + 0.5) * spacing }))
  const xOf = new Map(lifelines.map(({ node, x }) => [node, x]))

  const arrows = drawn.map((packet) => {
    const from = xOf.get(packet.from) ?? 0
    const to = xOf.get(packet.to) ?? 0
    return arrowOf(packet, from, to, scale, now, row)
  })
  return {
    width: Math.max(gutter + order.length * spacing, 0),
    height,
    gutter,
    spacing,
    row,
    lifelines,
    arrows,
    ticks: ticksOf(scale, row),
    breaks: scale.breaks,
  }
}

/**
 * The packets between the nodes of the visible ones, and of the newest others, as long as there are at most `most`
 * nodes.
 */
function withNewest(
  packets: readonly Packet[],
  most: number,
  isInSight: (packet: Packet) => boolean,
): Packet[] {
  const parts = new Set<NodeId>()
  for (const packet of packets) {
    if (isInSight(packet)) parts.add(packet.from).add(packet.to)
  }
  for (let index = packets.length - 1; index >= 0; index--) {
    const packet = packets[index]
    if (packet === undefined) break
    const { from, to } = packet
    if (new Set([...parts, from, to]).size > most) break
    parts.add(from).add(to)
  }
  return packets.filter(({ from, to }) => parts.has(from) && parts.has(to))
}

/** Clients left, the proxy, servers right; only nodes with packets. */
function lifelineOrder(packets: readonly Packet[], nodes: Iterable<NodeId>): NodeId[] {
  const parts = new Set<NodeId>()
  for (const { from, to } of packets) parts.add(from).add(to)
  const order = [...nodes].filter((node) => parts.has(node))
  const known = new Set(order)
  for (const node of parts) if (!known.has(node)) order.push(node)
  const side = (node: NodeId) => (node === PROXY ? 1 : /^(outside:)?server:/.test(node) ? 2 : 0)
  return order.sort((a, b) => side(a) - side(b))
}

/** The median time on the link of packets that were not held, so that a slow packet does not flatten the others. */
function usualFlight(packets: readonly Packet[]): SimMs {
  const flights = packets
    .filter(({ legFrom }) => legFrom === 0)
    .map(({ sentAt, dueAt }) => dueAt - sentAt)
    .sort((a, b) => a - b)
  return flights[Math.floor(flights.length / 2)] ?? 0
}

function momentsOf(packet: Packet, now: SimMs): SimMs[] {
  const hold = holdOf(packet, now)
  const end = packet.endedAt ?? Math.max(now, packet.sentAt)
  return hold ? [hold.from, hold.to, end] : [end]
}

interface Hold {
  from: SimMs
  to: SimMs
  /** The part of its way travelled, 0 to 1. */
  progress: number
}

/** Where and for how long it has been held. */
function holdOf(packet: Packet, now: SimMs): Hold | undefined {
  const { heldAt: from, legAt, legFrom: progress, endedAt, held, dropped } = packet
  if (from === undefined) return undefined
  if (held) return { from, to: Math.max(now, from), progress }
  // A packet that was dropped while held did not continue.
  const to = dropped === 'DROPPED_BY_HAND' ? (endedAt ?? legAt) : legAt
  return to > from ? { from, to, progress } : undefined
}

function arrowOf(
  packet: Packet,
  fromX: number,
  toX: number,
  scale: Scale,
  now: SimMs,
  row: number,
): Arrow {
  const { id, sentAt, endedAt } = packet
  const yAt = (at: SimMs) => (at <= sentAt ? scale.ySent(id, sentAt) : scale.yOf(at))
  const xAt = (progress: number) => fromX + (toX - fromX) * progress
  const start = { x: xAt(startOf(packet)), y: yAt(sentAt) }
  const hold = holdOf(packet, now)
  const held = hold && {
    top: { x: xAt(hold.progress), y: yAt(hold.from) },
    bottom: { x: xAt(hold.progress), y: yAt(hold.to) },
  }
  const end = endOf(packet)
  const last = { x: xAt(wayCome(packet, end, now)), y: yAt(endedAt ?? now) }
  const path = [start, ...(held ? [held.top, held.bottom] : [])]
  // For a packet that is held, or was dropped while held, the hold is the end.
  const stays = end === 'held' || packet.dropped === 'DROPPED_BY_HAND'
  if (held === undefined || !stays) path.push(last)
  const towards = fromX <= toX ? 1 : -1
  return {
    packet,
    path,
    end,
    hold: held && [held.top, held.bottom],
    shape: held?.top ?? { x: (start.x + last.x) / 2, y: (start.y + last.y) / 2 },
    label: {
      x: start.x + towards * row * 0.5,
      y: start.y - row * 0.22,
      anchor: towards === 1 ? 'start' : 'end',
    },
    top: start.y - row,
    bottom: Math.max(...path.map(({ y }) => y)) + row * 0.5,
  }
}

function endOf({ status, held }: Packet): ArrowEnd {
  switch (status) {
    case 'delivered':
      return 'arrived'
    case 'dropped':
      return 'lost'
    case 'flying':
    case 'unknown':
      return held ? 'held' : 'flying'
  }
}

/** The part of the way at which its arrow starts, 0 to 1: a copy made by hand starts where the original was held. */
function startOf({ copyOf, legFrom }: Packet): number {
  return copyOf === undefined ? 0 : legFrom
}

/** The part of the way travelled, 0 to 1. */
function wayCome(packet: Packet, end: ArrowEnd, now: SimMs): number {
  const { legAt, legFrom, dueAt, endedAt } = packet
  if (end === 'arrived') return 1
  if (end === 'held') return legFrom
  const passed = (endedAt ?? now) - legAt
  const whole = dueAt - legAt
  const part = whole <= 0 ? 1 : Math.min(1, Math.max(0, passed / whole))
  const start = startOf(packet)
  return Math.max(start + LEAST_WAY * (1 - start), legFrom + (1 - legFrom) * part)
}

/** The moments whose times fit below one another. */
function ticksOf({ moments }: Scale, row: number): { at: SimMs; y: number }[] {
  const ticks: { at: SimMs; y: number }[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const moment of moments) {
    if (moment.y - last < row) continue
    ticks.push(moment)
    last = moment.y
  }
  return ticks
}
