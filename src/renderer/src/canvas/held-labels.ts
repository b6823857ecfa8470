// Which held packets have a label on the canvas, and where. Pure.
import type { NodeId, PacketId } from '../../../shared/ids'
import type { Packet } from '../../../shared/state/state'
import { type HeldQueue, packetInAWord } from './held'
import { pointOnLink } from './packets/curves'
import type { Point } from './packets/link-path'
import { placeInQueue } from './packets/queue'
import type { Scene } from './scene'

const MOST_LABELS = 5

export interface HeldLabel {
  packet: Packet
  /** The node of the link that it is held on. */
  link: NodeId
  /** How many wait behind it, and on which side of it. */
  behind: number
  tail: 'left' | 'right'
  at: Point
}

/** The labels that there are, the selected packet's first. */
export function heldLabels(
  queues: readonly HeldQueue[],
  links: Scene['links'],
  selected: PacketId | undefined,
  most = MOST_LABELS,
): HeldLabel[] {
  const labels: HeldLabel[] = []
  for (const { link, fromProxy, packets } of queues) {
    const ends = links.get(link)
    if (!ends) continue
    const chosen = packets.findIndex(({ id }) => id === selected)
    if (chosen < 0 && labels.length >= most) continue
    const index = Math.max(0, chosen)
    const packet = packets[index]
    if (!packet) continue
    const [from, to] = fromProxy ? [ends.rim, ends.node] : [ends.node, ends.rim]
    const place = placeInQueue(packet.legFrom, index, packets.length)
    const label: HeldLabel = {
      packet,
      link,
      tail: from.x < to.x ? 'left' : 'right',
      behind: packets.length - 1 - index,
      at: pointOnLink(from, to, place),
    }
    if (chosen < 0) labels.push(label)
    else labels.unshift(label)
  }
  return labels.slice(0, most)
}

/** Pixels: how high a label is, and how wide without its text and for each character. */
const HEIGHT = 26
const WIDTH = { empty: 62, character: 8 } as const

/** Those that do not lie over one before them, at this zoom; the packets themselves are seen all the same. */
export function notOverlapping(labels: readonly HeldLabel[], zoom: number): HeldLabel[] {
  const kept: { label: HeldLabel; width: number }[] = []
  for (const label of labels) {
    const text = packetInAWord(label.packet) + (label.behind > 0 ? ' +00 behind' : '')
    const width = WIDTH.empty + WIDTH.character * text.length
    const isFree = kept.every(
      (other) =>
        Math.abs(other.label.at.x - label.at.x) * zoom > (other.width + width) / 2 ||
        Math.abs(other.label.at.y - label.at.y) * zoom > HEIGHT,
    )
    if (isFree) kept.push({ label, width })
  }
  return kept.map(({ label }) => label)
}
