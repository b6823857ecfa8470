// A sequence diagram as geometry: from packets and decisions to lifelines, arrows and notes with their places in pixels.
// Independent of React and of colours.

import { type NodeId, PROXY, type SimMs } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import { type Arrow, arrowOf, type Lanes, momentsOf } from './arrows'
import type { DecisionLine } from './decision-lines'
import { type DecisionNote, noteOf } from './notes'
import { type Break, type Scale, scaleOf } from './scale'

interface Lifeline {
  node: NodeId
  x: number
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
  /** The proxy's decisions, in the same order. */
  notes: readonly DecisionNote[]
  /** Moments beside which there is space for their time. */
  ticks: readonly { at: SimMs; y: number }[]
  breaks: readonly Break[]
}

interface LayoutInput {
  /** In the order of sending. */
  packets: readonly Packet[]
  /** The decisions about them. */
  decisions?: readonly DecisionLine[]
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

export function layOut(input: LayoutInput): Diagram {
  const { packets, decisions = [], nodes, now, width, row, endInSight } = input
  const scale = scaleOf({
    lines: [...packets.map(({ id, sentAt }) => ({ key: id, at: sentAt, order: id })), ...decisions],
    moments: [
      ...packets.flatMap((packet) => momentsOf(packet, now)),
      ...decisions.flatMap(({ unreached }) => unreached?.until ?? []),
    ],
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
  const ids = new Set(drawn.map(({ id }) => id))
  const decided = decisions.filter(({ question }) => ids.has(question.id))
  const order = lifelineOrder(drawn, decided, nodes)
  const room = (width - gutter) / Math.max(order.length, 1)
  const spacing = Math.min(Math.max(room, LEAST_SPACING * row), MOST_SPACING * row)
  const lifelines = order.map((node, index) => ({ node, x: gutter + (index + 0.5) * spacing }))
  const lanes: Lanes = { lifelines, spacing, scale, now, row }
  return {
    width: Math.max(gutter + order.length * spacing, 0),
    height,
    gutter,
    spacing,
    row,
    lifelines,
    arrows: drawn.map((packet) => arrowOf(packet, lanes)),
    notes: decided.map((line) => noteOf(line, lanes)),
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

/** Clients left, the proxy, servers right; only nodes with packets, and servers that an attempt did not reach. */
function lifelineOrder(
  packets: readonly Packet[],
  decided: readonly DecisionLine[],
  nodes: Iterable<NodeId>,
): NodeId[] {
  const parts = new Set<NodeId>()
  for (const { from, to } of packets) parts.add(from).add(to)
  for (const { unreached } of decided) if (unreached) parts.add(unreached.node)
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
