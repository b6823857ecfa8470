// The events of a packet on a link.
import type { EventBody, LabEvent } from '../../../shared/events'
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

/**
 * With room for what the journal adds: most events of a busy proxy are of this kind, and V8 copies an object that gets more
 * properties later. Without a spread, which takes several times as long.
 */
export function packetCarried(
  { from, to, connection }: LinkEnds,
  packet: PacketId,
  exchange: ExchangeId,
  outgoing: Outgoing,
): LabEvent {
  return {
    seq: 0,
    at: 0,
    type: 'packet.carried',
    packet,
    exchange,
    kind: outgoing.kind,
    from: outgoing.from ?? from,
    to: outgoing.to ?? to,
    connection,
    bytes: outgoing.bytes,
    pieces: outgoing.pieces,
  }
}

export function packetHastened({ packet, dueAt, plan }: InTransit): EventBody {
  const harms = plan?.harms ?? []
  return { type: 'packet.hastened', packet, dueAt: toMicroseconds(dueAt), harms }
}
