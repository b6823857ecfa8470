// The first packets of a lab, for the picture of it: each as a few numbers.

import { isSending } from '../../shared/carried'
import { type ComparedLab, PACKET_NUMBERS } from '../../shared/compare/comparison'
import type { LabEvent } from '../../shared/events'
import type { NodeId, PacketId, SimMs } from '../../shared/ids'
import { COMPARED_PACKETS } from '../../shared/limits'
import type { Engine } from '../engine/index'

type Picture = Pick<ComparedLab, 'nodes' | 'packets' | 'picturedMs'>

export class PacketPicture {
  private readonly nodes = new Map<NodeId, number>()
  private readonly packets: number[] = []
  /** The indexes in `packets` of the packets in flight. */
  private readonly open = new Map<PacketId, number>()
  private fullAt: SimMs | undefined
  private readonly stop: () => void

  constructor(engine: Pick<Engine, 'subscribe'>) {
    this.stop = engine.subscribe((event) => this.add(event))
  }

  /** Returns the picture when the lab ends, at this time. */
  taken(now: SimMs): Picture {
    this.stop()
    for (const place of this.open.values()) this.packets[place + PACKET_NUMBERS - 1] = now
    return {
      nodes: [...this.nodes.keys()],
      packets: this.packets,
      picturedMs: this.fullAt ?? now,
    }
  }

  private add(event: LabEvent): void {
    if (isSending(event)) {
      const { packet, exchange, from, to, at } = event
      if (exchange === 0 || this.fullAt !== undefined) return
      if (this.packets.length >= COMPARED_PACKETS * PACKET_NUMBERS) {
        this.fullAt = at
        return
      }
      if (event.type === 'packet.sent') this.open.set(packet, this.packets.length)
      this.packets.push(exchange, this.placeOf(from), this.placeOf(to), at, at)
    } else if (event.type === 'packet.delivered' || event.type === 'packet.dropped') {
      const place = this.open.get(event.packet)
      if (place === undefined) return
      this.open.delete(event.packet)
      this.packets[place + PACKET_NUMBERS - 1] = event.at
      if (this.fullAt !== undefined && this.open.size === 0) this.stop()
    }
  }

  private placeOf(node: NodeId): number {
    const known = this.nodes.get(node)
    if (known !== undefined) return known
    this.nodes.set(node, this.nodes.size)
    return this.nodes.size - 1
  }
}
