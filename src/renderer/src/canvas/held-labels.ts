// Which held packets have a label on the canvas, and where. Pure.

import type { NodeId, PacketId } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import type { HeldQueue } from '../lab/held-packets'
import { packetInAWord } from '../ui/names'
import type { Point } from '../ui/point'
import { centreOf, type Rect } from './geometry'
import type { GraphLayout } from './graph-layout'
import { type LabelPlace, type Obstacle, placeLabels } from './label-places'
import { laneFor } from './links/lanes'
import { pointOnLink } from './packets/curves'
import { placeInQueue } from './packets/queue'

/** Up to this number of held packets, each has its label; of more, the first one of each queue has one. */
const MOST_LABELS = 8

export interface HeldLabel {
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

/** Pixels, as in held-labels.css. */
const HEIGHT = 24
/** Pixels: the width without text, and for each character. */
const WIDTH = { empty: 86, character: 7.3 } as const
/** Flow units: a held packet with its halo. */
const PACKET_RADIUS = 14
/** From this number on, packets of one queue have the same place. */
const MOST_IN_THE_WAY = 25
/** The cost of covering a pixel of these. */
const COST = { packet: 8, card: 1, proxy: 0.4, receipt: 0.8 } as const

type Surroundings = Pick<GraphLayout, 'actors' | 'proxy' | 'links'>

/**
 * Puts each label where it covers least of packets, cards and the roundabout at this zoom, and none of the other labels.
 * Labels of the link `below` are always under their packets.
 */
export function placedLabels(
  labels: readonly HeldLabel[],
  queues: readonly HeldQueue[],
  layout: Surroundings,
  zoom: number,
  below: NodeId | undefined,
): { label: HeldLabel; place: LabelPlace; width: number }[] {
  const obstacles: Obstacle[] = [
    ...packetRects(queues, layout.links).map((rect) => ({ rect, cost: COST.packet })),
    ...[...layout.actors.values()].map((rect) => ({ rect, cost: COST.card })),
    { rect: layout.proxy, cost: COST.proxy },
    { rect: aboveRoundabout(layout.proxy), cost: COST.receipt },
  ].map(({ rect, cost }) => ({ rect: scaled(rect, zoom), cost }))
  const middle = centreOf(layout.proxy).x
  const points = labels.map(({ packet, behind, at, link }) => ({
    at: { x: at.x * zoom, y: at.y * zoom },
    width: widthOf(packet, behind),
    height: HEIGHT,
    onlyBelow: link === below,
    rather: at.x < middle ? ('right' as const) : ('left' as const),
  }))
  const places = placeLabels(points, obstacles)
  return labels.flatMap((label, index) => {
    const place = places[index]
    return place ? [{ label, place, width: points[index]?.width ?? 0 }] : []
  })
}

/** Where the receipt of the latest decision appears. */
function aboveRoundabout({ x, y, width }: Rect): Rect {
  const height = 44
  return { x, y: y - height, width, height }
}

function widthOf(packet: Packet, behind: number): number {
  const text = packetInAWord(packet) + (behind > 0 ? ' +00 behind' : '')
  return WIDTH.empty + WIDTH.character * text.length
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

function scaled({ x, y, width, height }: Rect, zoom: number): Rect {
  return { x: x * zoom, y: y * zoom, width: width * zoom, height: height * zoom }
}
