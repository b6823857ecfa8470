// Packets as arrows between lifelines, in pixels: where each starts, was held, and ends.
import type { NodeId, SimMs } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import type { Point } from '../ui/point'
import type { Scale } from './scale'

/** `arrived` at the other lifeline, `lost` on its way, `flying` or `held` at the moment drawn. */
type ArrowEnd = 'arrived' | 'lost' | 'flying' | 'held'

export interface Arrow {
  packet: Packet
  /** From where it was sent or copied: straight, or with the place in it where it is or was held. */
  path: readonly Point[]
  end: ArrowEnd
  /** Where it is or was held: the upper and the lower point. */
  hold: readonly [Point, Point] | undefined
  /** The place of its shape: before its label or, if it is or was held, there. */
  shape: Point
  /** The place where its label starts, and the direction in which it is written. */
  label: Point & { anchor: 'start' | 'end' }
  /** Its extent in height, with its label. */
  top: number
  bottom: number
}

/** The least part of the way that an arrow shows, so that its end is apart from its lifeline. */
const LEAST_WAY = 0.22
/** The least distance of a mark from a lifeline that is not concerned, in rows. */
const BESIDE = 0.9

/** When its path has a point after its sending. */
export function momentsOf(packet: Packet, now: SimMs): SimMs[] {
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

export interface Lanes {
  /** Where the lifelines are, from left to right. */
  lifelines: readonly { node: NodeId; x: number }[]
  scale: Scale
  now: SimMs
  /** The height of a line of text, in pixels. */
  row: number
}

export function arrowOf(packet: Packet, lanes: Lanes): Arrow {
  const { scale, now, row } = lanes
  const { id, sentAt, endedAt } = packet
  const fromX = xOf(packet.from, lanes)
  const toX = xOf(packet.to, lanes)
  const yAt = (at: SimMs) => (at <= sentAt ? scale.yOfLine(id, sentAt) : scale.yOf(at))
  const xAt = (progress: number) => besideLifelines(fromX + (toX - fromX) * progress, packet, lanes)
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
    shape: held?.top ?? { x: start.x + towards * row * 0.75, y: start.y - row * 0.46 },
    label: {
      x: start.x + towards * row * (held ? 0.5 : 1.3),
      y: start.y - row * 0.22,
      anchor: towards === 1 ? 'start' : 'end',
    },
    top: start.y - row,
    bottom: Math.max(...path.map(({ y }) => y)) + row * 0.5,
  }
}

export function xOf(node: NodeId, { lifelines }: Pick<Lanes, 'lifelines'>): number {
  return lifelines.find((lifeline) => lifeline.node === node)?.x ?? 0
}

/** This place, or one beside it where it would mark the lifeline of a node that has no part in the packet. */
function besideLifelines(
  x: number,
  { from, to }: Packet,
  { lifelines, row }: Pick<Lanes, 'lifelines' | 'row'>,
): number {
  const apart = BESIDE * row
  const near = lifelines.find(
    (lifeline) =>
      Math.abs(lifeline.x - x) < apart && lifeline.node !== from && lifeline.node !== to,
  )
  if (near === undefined) return x
  return near.x + (x < near.x ? -apart : apart)
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
