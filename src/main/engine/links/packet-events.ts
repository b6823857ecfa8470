// The events of a packet on a link.
import type { EventBody } from '../../../shared/events'
import type { ConnectionId, ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import { toMicroseconds } from '../story/journal'
import type { InTransit, Outgoing } from './in-transit'

export interface LinkEnds {
  readonly from: NodeId
  readonly to: NodeId
  readonly connection: ConnectionId
}

export function packetSent(
  { from, to, connection }: LinkEnds,
  packet: PacketId,
  exchange: ExchangeId,
  outgoing: Outgoing,
  dueAt: SimMs,
  copyOf: PacketId | null,
): EventBody {
  return {
    type: 'packet.sent',
    packet,
    exchange,
    kind: outgoing.kind,
    from: outgoing.from ?? from,
    to: outgoing.to ?? to,
    connection,
    dueAt: toMicroseconds(dueAt),
    bytes: outgoing.bytes,
    copyOf,
  }
}

export function packetHastened({ packet, dueAt, plan }: InTransit): EventBody {
  const harms = plan?.harms ?? []
  return { type: 'packet.hastened', packet, dueAt: toMicroseconds(dueAt), harms }
}
