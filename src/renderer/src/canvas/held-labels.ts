// Which held packets have a label on the canvas, and where. Pure.

import type { NodeId, PacketId } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import type { HeldQueue } from '../lab/held-packets'
import { packetInAWord } from '../ui/names'
import type { Point } from '../ui/point'
import { centreOf, overlaps, type Rect } from './geometry'
import type { GraphLayout } from './graph-layout'
import { pointOnLink } from './packets/curves'
import { placeInQueue } from './packets/queue'

const MOST_LABELS = 5
/** A part of the link's length, to see on which side of a held packet the others wait. */
const JUST_BEHIND = 0.05

export interface HeldLabel {
  packet: Packet
  /** The node of the link that it is held on. */
  link: NodeId
  /** How many packets wait behind it, and on which side of it. */
  behind: number
  tail: 'left' | 'right'
  at: Point
}

/** Labels for the queues, the selected packet's first. */
export function heldLabels(
  queues: readonly HeldQueue[],
  links: GraphLayout['links'],
  selected: PacketId | undefined,
  most = MOST_LABELS,
): HeldLabel[] {
  const labels: HeldLabel[] = []
  for (const { link, fromProxy, packets } of queues) {
    const path = links.get(link)
    if (!path) continue
    const chosen = packets.findIndex(({ id }) => id === selected)
    if (chosen < 0 && labels.length >= most) continue
    const index = Math.max(0, chosen)
    const packet = packets[index]
    if (!packet) continue
    const place = placeInQueue(packet.legFrom, index, packets.length)
    const at = pointOnLink(path, place, fromProxy)
    const behind = pointOnLink(path, Math.max(0, place - JUST_BEHIND), fromProxy)
    const label: HeldLabel = {
      packet,
      link,
      tail: behind.x < at.x ? 'left' : 'right',
      behind: packets.length - 1 - index,
      at,
    }
    if (chosen < 0) labels.push(label)
    else labels.unshift(label)
  }
  return labels.slice(0, most)
}

/**
 * Pixels, as in held-labels.css: a label's height, its distance from its packet, and how far it extends back over it.
 */
const HEIGHT = 24
const AWAY = 22
const BACK = 18
/** Pixels: the width without text, and for each character. */
const WIDTH = { empty: 62, character: 8 } as const
/** Flow units: a held packet with its halo. */
const PACKET_RADIUS = 14
/** With this many packets behind it, the label keeps clear of them. */
const LONG_TAIL = 3
/** The cost of covering a pixel of these. */
const COST = { packet: 8, card: 2, proxy: 1 } as const

/** A label's place relative to its packet. `reach`: the side to which it extends. */
export interface LabelPlace {
  below: boolean
  reach: 'both' | 'left' | 'right'
}

type Surroundings = Pick<GraphLayout, 'actors' | 'proxy' | 'links'>

/**
 * Puts each label where it covers least of packets, cards and the roundabout at this zoom, and none of the labels
 * before it; a label without room is left out. Labels of the link `below` are always under their packets.
 */
export function placedLabels(
  labels: readonly HeldLabel[],
  queues: readonly HeldQueue[],
  layout: Surroundings,
  zoom: number,
  below: NodeId | undefined,
): { label: HeldLabel; place: LabelPlace }[] {
  const inTheWay = [
    ...packetRects(queues, layout.links).map((rect) => ({ rect, cost: COST.packet })),
    ...[...layout.actors.values()].map((rect) => ({ rect, cost: COST.card })),
    { rect: layout.proxy, cost: COST.proxy },
  ].map(({ rect, cost }) => ({ rect: scaled(rect, zoom), cost }))
  const middle = centreOf(layout.proxy).x
  const placed: { label: HeldLabel; place: LabelPlace; rect: Rect }[] = []
  for (const label of labels) {
    const [best] = placesFor(label, middle, label.link === below)
      .map((place) => ({ label, place, rect: rectOfLabel(label, place, zoom) }))
      .filter(({ rect }) => !placed.some((other) => overlaps(other.rect, rect)))
      .map((one) => {
        const costs = inTheWay.map(({ rect, cost }) => cost * sharedArea(one.rect, rect))
        return { one, cost: costs.reduce((sum, cost) => sum + cost, 0) }
      })
      // The sort is stable: among places of equal cost, the first one wins.
      .sort((a, b) => a.cost - b.cost)
    if (best) placed.push(best.one)
  }
  return placed
}

/** The places that a label can take, in order of preference. */
function placesFor({ tail, behind, at }: HeldLabel, middle: number, onlyBelow: boolean) {
  const inwards = at.x < middle ? ('right' as const) : ('left' as const)
  const away = tail === 'left' ? ('right' as const) : ('left' as const)
  const reaches = behind >= LONG_TAIL ? [away] : [inwards, 'both' as const]
  const sides = onlyBelow ? [true] : [false, true]
  return sides.flatMap((below) => reaches.map((reach): LabelPlace => ({ below, reach })))
}

function rectOfLabel({ packet, behind, at }: HeldLabel, place: LabelPlace, zoom: number): Rect {
  const text = packetInAWord(packet) + (behind > 0 ? ' +00 behind' : '')
  const width = WIDTH.empty + WIDTH.character * text.length
  const left = { both: width / 2, left: width - BACK, right: BACK }[place.reach]
  return {
    x: at.x * zoom - left,
    y: at.y * zoom + (place.below ? AWAY : -AWAY - HEIGHT),
    width,
    height: HEIGHT,
  }
}

function packetRects(queues: readonly HeldQueue[], links: GraphLayout['links']): Rect[] {
  return queues.flatMap(({ link, fromProxy, packets }) => {
    const path = links.get(link)
    if (!path) return []
    return packets.slice(0, MOST_IN_THE_WAY).map(({ legFrom }, index) => {
      const { x, y } = pointOnLink(path, placeInQueue(legFrom, index, packets.length), fromProxy)
      const size = 2 * PACKET_RADIUS
      return { x: x - PACKET_RADIUS, y: y - PACKET_RADIUS, width: size, height: size }
    })
  })
}

/** From this number on, packets of one queue have the same place. */
const MOST_IN_THE_WAY = 25

function scaled({ x, y, width, height }: Rect, zoom: number): Rect {
  return { x: x * zoom, y: y * zoom, width: width * zoom, height: height * zoom }
}

function sharedArea(one: Rect, other: Rect): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return width > 0 && height > 0 ? width * height : 0
}
