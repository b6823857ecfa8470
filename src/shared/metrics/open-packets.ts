// The packets in flight. The one that was sent last is kept apart: without latency it is delivered before another one is sent,
// and most packets are then in no map.
import { ChurningMap } from '../churning-map'
import type { PacketKind } from '../events'
import type { ConnectionId, ExchangeId, NodeId, PacketId, SimMs } from '../ids'
import type { OpenExchange } from './open-exchange'

interface OpenPacket {
  readonly packet: PacketId
  readonly exchange: ExchangeId
  /** The exchange may have ended before the packet arrives. */
  readonly open: OpenExchange
  readonly sentAt: SimMs
  /** When its link lets it go; undefined: a person holds it. */
  dueAt: SimMs | undefined
  readonly connection: ConnectionId
  readonly to: NodeId
  readonly kind: PacketKind
}

export class OpenPackets {
  private last: OpenPacket | undefined
  private earlier = new ChurningMap<PacketId, OpenPacket>()

  add(packet: OpenPacket): void {
    if (this.last) this.earlier.set(this.last.packet, this.last)
    this.last = packet
  }

  /** It is due at another time, or a person holds it. */
  setDue(id: PacketId, dueAt: SimMs | undefined): void {
    const packet = this.last?.packet === id ? this.last : this.earlier.get(id)
    if (packet) packet.dueAt = dueAt
  }

  /** Removes and returns the packet with this number. */
  take(id: PacketId): OpenPacket | undefined {
    const { last } = this
    if (last?.packet === id) {
      this.last = undefined
      return last
    }
    const packet = this.earlier.get(id)
    if (packet) this.earlier.delete(id)
    return packet
  }
}
