// A sequence diagram as geometry: from packets and decisions to lifelines, arrows and notes with their places in pixels.
// Independent of React and of colours.

import { type NodeId, PROXY, type SimMs } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import { type Arrow, arrowOf, type Lanes, momentsOf } from './arrows'
import type { DecisionLine } from './decision-lines'
import { type DecisionNote, noteOf } from './notes'
import { type Break, scaleOf } from './scale'
import { ticksOf, timeColumn } from './times'
import { type WaitBar, waitBars, waitLine } from './wait-bars'
import type { AnswerWait } from './waits'

interface Lifeline {
  node: NodeId
  x: number
  /** The width of its lane, of which it is the middle. */
  width: number
}

export interface Diagram {
  width: number
  height: number
  /** The width left of the first lifeline, for the times. */
  gutter: number
  row: number
  lifelines: readonly Lifeline[]
  /** In the order of sending. */
  arrows: readonly Arrow[]
  /** The proxy's decisions, in the same order. */
  notes: readonly DecisionNote[]
  /** Answers that wait at the proxy for another one. */
  waits: readonly WaitBar[]
  /** The heading of the times, and those beside which there is space. */
  timeHeading: string
  ticks: readonly { y: number; text: string }[]
  breaks: readonly Break[]
}

interface LayoutInput {
  /** In the order of sending. */
  packets: readonly Packet[]
  /** The decisions about them. */
  decisions?: readonly DecisionLine[]
  waits?: readonly AnswerWait[]
  /** Nodes in order of appearance, which the lifelines keep. */
  nodes: Iterable<NodeId>
  /** The moment drawn, by which the places of packets in flight are computed. */
  now: SimMs
  /** Times count from this moment; undefined: they are simulated time. */
  since?: SimMs | undefined
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
const GUTTER = { usual: 5, fine: 6.5 }
/** A lane is as wide as an id needs; the proxy's, where most words stand, is wider. */
const LEAST_LANE = 3.4
const PROXY_LANE = 9
const MOST_LANE = 15
/** The height of a packet's usual time on its link. */
const FLIGHT = 2.2

export function layOut(input: LayoutInput): Diagram {
  const { packets, decisions = [], waits = [], nodes, now, since, width, row, endInSight } = input
  const flight = usualFlight(packets)
  const scale = scaleOf({
    lines: [
      ...packets.map(({ id, sentAt }) => ({ key: id, at: sentAt, order: id })),
      ...decisions,
      ...waits.map(waitLine),
    ],
    moments: [
      ...packets.flatMap((packet) => momentsOf(packet, now)),
      ...decisions.flatMap(({ unreached }) => unreached?.until ?? []),
      ...waits.map(({ from, until = Math.max(now, from) }) => until),
    ],
    top: row * 1.2,
    row,
    pixelsPerMs: (FLIGHT * row) / Math.max(flight, 1),
  })
  const height = scale.bottom + row * 1.2
  const fine = flight < 1
  const gutter = (fine ? GUTTER.fine : GUTTER.usual) * row
  const room = width - gutter
  const drawn =
    endInSight === undefined
      ? packets
      : withNewest(packets, mostLanes(room, row), (packet) => {
          const last = Math.max(...momentsOf(packet, now))
          return scale.yOf(last) >= height - endInSight
        })
  const ids = new Set(drawn.map(({ id }) => id))
  const decided = decisions.filter(({ question }) => ids.has(question.id))
  const order = lifelineOrder(drawn, decided, nodes)
  const lifelines = lifelinesOf(order, gutter, room, row)
  const lanes: Lanes = { lifelines, scale, now, row }
  const last = scale.moments.at(-1)?.at ?? 0
  const column = timeColumn({ since, fine, last })
  return {
    width: gutter + lifelines.reduce((sum, lane) => sum + lane.width, 0),
    height,
    gutter,
    row,
    lifelines,
    arrows: drawn.map((packet) => arrowOf(packet, lanes)),
    notes: decided.map((line) => noteOf(line, lanes)),
    waits: waitBars(
      waits.filter(({ ready }) => ids.has(ready.id)),
      lanes,
    ),
    timeHeading: column.heading,
    ticks: ticksOf(scale.moments, column, row),
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

/** From left to right, in lanes that share the room as far as ids allow. */
function lifelinesOf(
  order: readonly NodeId[],
  gutter: number,
  room: number,
  row: number,
): Lifeline[] {
  const equal = room / Math.max(order.length, 1)
  const proxy = Math.min(Math.max(equal, PROXY_LANE * row), MOST_LANE * row)
  const others = order.filter((node) => node !== PROXY).length
  const left = order.length > others ? room - proxy : room
  const other = Math.min(Math.max(left / Math.max(others, 1), LEAST_LANE * row), MOST_LANE * row)
  let x = gutter
  return order.map((node) => {
    const width = node === PROXY ? proxy : other
    x += width
    return { node, x: x - width / 2, width }
  })
}

/** For how many lanes there is room, with the proxy's. */
function mostLanes(room: number, row: number): number {
  return Math.floor((room - PROXY_LANE * row) / (LEAST_LANE * row)) + 1
}

/** The median time on the link of packets that were not held, so that a slow packet does not flatten the others. */
function usualFlight(packets: readonly Packet[]): SimMs {
  const flights = packets
    .filter(({ legFrom }) => legFrom === 0)
    .map(({ sentAt, dueAt }) => dueAt - sentAt)
    .sort((a, b) => a - b)
  return flights[Math.floor(flights.length / 2)] ?? 0
}
