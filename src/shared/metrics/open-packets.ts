// The packets in flight. The one that was sent last is kept apart: without latency it is delivered before another one is sent,
// and most packets are then in no map.
import { ChurningMap } from '../churning-map'
import type { ExchangeId, NodeId, PacketId, SimMs } from '../ids'
import type { OpenExchange } from './open-exchange'

interface OpenPacket {
  readonly packet: PacketId
  readonly exchange: ExchangeId
  /** The exchange may have ended before the packet arrives. */
  readonly open: OpenExchange
  readonly sentAt: SimMs
  readonly to: NodeId
  readonly isQuestion: boolean
  readonly isError: boolean
}

export class OpenPackets {
  private last: OpenPacket | undefined
  private earlier = new ChurningMap<PacketId, OpenPacket>()

  add(packet: OpenPacket): void {
    if (this.last) this.earlier.set(this.last.packet, this.last)
    this.last = packet
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
