// Which held packets have a label on the canvas, and where. Pure.

import { type NodeId, type PacketId, PROXY } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import type { HeldQueue } from '../lab/held-packets'
import { KIND_NAMES, packetInAWord } from '../ui/names'
import type { Point } from '../ui/point'
import { centreOf, type Rect, scaled } from './geometry'
import type { GraphLayout } from './graph-layout'
import { type LabelPlace, type Obstacle, placeLabels } from './label-places'
import { laneFor } from './links/lanes'
import { pointOnLink } from './packets/curves'
import { placeInQueue } from './packets/queue'

/** Up to this number of held packets, each has its label; of more, the first one of each queue has one. */
const MOST_LABELS = 8

interface HeldLabel {
  packet: Packet
  /** The node of the link that it is held on. */
  link: NodeId
  /** How many packets behind it have no label of their own. */
  behind: number
  at: Point
}

/** Labels for the queues, the selected packet's first. */
export function heldLabels(
  queues: readonly HeldQueue[],
  links: GraphLayout['links'],
  selected: PacketId | undefined,
  most = MOST_LABELS,
): HeldLabel[] {
  const total = queues.reduce((sum, { packets }) => sum + packets.length, 0)
  const labels: HeldLabel[] = []
  for (const queue of queues) {
    const { link, packets } = queue
    const path = links.get(link)
    if (!path) continue
    const lane = laneFor(links.size)
    const labelled =
      total <= most
        ? packets
        : packets.filter((packet, index) => index === 0 || packet.id === selected)
    for (const packet of labelled) {
      const index = packets.indexOf(packet)
      const place = placeInQueue(packet.legFrom, index, packets.length)
      const label: HeldLabel = {
        packet,
        link,
        behind: total <= most ? 0 : packets.length - 1 - index,
        at: pointOnLink(path, place, queue.fromProxy, lane),
      }
      if (packet.id === selected) labels.unshift(label)
      else labels.push(label)
    }
  }
  return labels.slice(0, most)
}

/** More labels than these are small and leave out the word "held": the space between the columns is narrow. */
const MOST_LARGE = 2
/** Pixels, as in held-labels.css: the height, and the width beside the text, of each character, and of the button that releases. */
const LARGE = { height: 24, empty: 18, character: 7.3, release: 28 } as const
const SMALL = { height: 20, empty: 14, character: 6.5, release: 22 } as const
/** The label of a packet that waits for an answer: a character of its bold first line and of the second, and the room beside them. */
const GATE = { height: 44, bold: 7.3, character: 6.4, empty: 26 } as const
/** Flow units: a held packet with its halo. */
const PACKET_RADIUS = 14
/** Flow units: the three lines in the middle of the roundabout. */
const NAME = { width: 116, height: 68 } as const
/** From this number on, packets of one queue have the same place. */
const MOST_IN_THE_WAY = 25
/** The cost of covering a pixel of these, and of a leader line across them. */
const COST = {
  packet: { cost: 8, crossed: 480 },
  card: { cost: 1, crossed: 800 },
  proxy: { cost: 0.4, crossed: 800 },
  name: { cost: 6, crossed: 0 },
  receipt: { cost: 0.8, crossed: 50 },
  mark: { cost: 50, crossed: 200 },
} as const

type Surroundings = Pick<GraphLayout, 'actors' | 'proxy' | 'links'>

export interface PlacedLabel {
  label: HeldLabel
  place: LabelPlace
  /** In pixels of a label. */
  rect: Rect
  /** Small, and without the words that the legend explains. */
  isShort: boolean
}

interface View {
  /** Pixels of a label to a flow unit. */
  readonly zoom: number
  /** The visible part of the graph, in flow units; undefined: all of it. */
  readonly visible?: Rect
  /** Other marks, in pixels of a label. */
  readonly marks?: readonly Rect[]
  /** The packet that waits for the answer to a lesson's question. */
  readonly gate?: PacketId | null
  /** Whether each label has a button that releases its packet. */
  readonly canRelease?: boolean
}

/**
 * Puts each label where it covers least of packets, cards and the roundabout in this view, and none of the other labels.
 * Labels of the link `below` are always under their packets.
 */
export function placedLabels(
  labels: readonly HeldLabel[],
  queues: readonly HeldQueue[],
  layout: Surroundings,
  { zoom, visible, marks = [], gate = null, canRelease = true }: View,
  below: NodeId | undefined,
): PlacedLabel[] {
  const obstacles: Obstacle[] = [
    ...packetRects(queues, layout.links).map((rect) => ({ rect, ...COST.packet })),
    ...[...layout.actors.values()].map((rect) => ({ rect, ...COST.card })),
    { rect: layout.proxy, ...COST.proxy },
    { rect: nameOfProxy(layout.proxy), ...COST.name },
    { rect: aboveRoundabout(layout.proxy), ...COST.receipt },
  ].map((obstacle) => ({ ...obstacle, rect: scaled(obstacle.rect, zoom) }))
  obstacles.push(...marks.map((rect) => ({ rect, ...COST.mark })))
  const middle = centreOf(layout.proxy).x
  const isShort = labels.length > MOST_LARGE
  const { height } = isShort ? SMALL : LARGE
  const points = labels.map(({ packet, behind, at, link }) => ({
    at: { x: at.x * zoom, y: at.y * zoom },
    width: packet.id === gate ? gateWidth(packet) : widthOf(packet, behind, isShort, canRelease),
    height: packet.id === gate ? GATE.height : height,
    onlyBelow: link === below,
    rather: at.x < middle ? ('right' as const) : ('left' as const),
  }))
  const places = placeLabels(points, obstacles, visible && scaled(visible, zoom))
  return labels.flatMap((label, index) => {
    const place = places[index]
    const point = points[index]
    if (place === undefined || point === undefined) return []
    const { at, width, height } = point
    const rect = { x: at.x + place.corner.x, y: at.y + place.corner.y, width, height }
    return [{ label, place, rect, isShort }]
  })
}

/** The proxy's rectangle is the roundabout, which is round, with the caption below it. */
function nameOfProxy({ x, y, width }: Rect): Rect {
  const middle = width / 2
  return { x: x + middle - NAME.width / 2, y: y + middle - NAME.height / 2, ...NAME }
}

/** Where the receipt of the latest decision appears. */
function aboveRoundabout({ x, y, width }: Rect): Rect {
  const height = 44
  return { x, y: y - height, width, height }
}

function widthOf(packet: Packet, behind: number, isShort: boolean, canRelease: boolean): number {
  const more = isShort ? ' +00' : ' +00 behind'
  const text = (isShort ? '' : 'held: ') + packetInAWord(packet) + (behind > 0 ? more : '')
  const { empty, character, release } = isShort ? SMALL : LARGE
  return empty + character * text.length + (canRelease ? release : 0)
}

/** What the label of the packet says that waits for an answer, in two lines. */
export function gateWords(packet: Packet): readonly [string, string] {
  const isUndecided = packet.kind === 0 && packet.to === PROXY
  const what = `real ${KIND_NAMES[packet.kind]} ${packet.id}, ${packetInAWord(packet)}`
  return isUndecided
    ? ['waits at the decision', `${what}: nothing decided yet`]
    : [
        'waits for your answer',
        packet.kind === 0 ? what : `real packet ${packet.id}, ${packetInAWord(packet)}`,
      ]
}

function gateWidth(packet: Packet): number {
  const [title, line] = gateWords(packet)
  return GATE.empty + Math.max(GATE.bold * title.length, GATE.character * line.length)
}

function packetRects(queues: readonly HeldQueue[], links: GraphLayout['links']): Rect[] {
  const lane = laneFor(links.size)
  return queues.flatMap(({ link, fromProxy, packets }) => {
    const path = links.get(link)
    if (!path) return []
    return packets.slice(0, MOST_IN_THE_WAY).map(({ legFrom }, index) => {
      const place = placeInQueue(legFrom, index, packets.length)
      const { x, y } = pointOnLink(path, place, fromProxy, lane)
      const size = 2 * PACKET_RADIUS
      return { x: x - PACKET_RADIUS, y: y - PACKET_RADIUS, width: size, height: size }
    })
  })
}
