// A packet in the state at the moment of sending: in flight, not held, not ended; or delivered, if it was carried.
import type { LabEvent, PacketContent } from '../events'
import type { Packet } from './state'

type Sent = PacketContent & Pick<Packet, 'id' | 'sentAt' | 'dueAt'>

export function sentPacket(sent: Sent): Packet {
  return {
    id: sent.id,
    exchange: sent.exchange,
    kind: sent.kind,
    from: sent.from,
    to: sent.to,
    connection: sent.connection,
    bytes: sent.bytes,
    sentAt: sent.sentAt,
    dueAt: sent.dueAt,
    status: 'flying',
    endedAt: undefined,
    dropped: undefined,
    verdict: undefined,
    legAt: sent.sentAt,
    legFrom: 0,
    heldAt: undefined,
    held: undefined,
    original: undefined,
    pieces: undefined,
    decision: undefined,
    earlierDecisions: undefined,
    failures: undefined,
    copyOf: undefined,
  }
}

export function sentPacketOf(event: Extract<LabEvent, { type: 'packet.sent' }>): Packet {
  const { packet: id, exchange, kind, from, to, connection, bytes, at: sentAt, dueAt } = event
  const sent = sentPacket({ id, exchange, kind, from, to, connection, bytes, sentAt, dueAt })
  if (event.copyOf !== null) sent.copyOf = event.copyOf
  return sent
}

export function carriedPacketOf(event: Extract<LabEvent, { type: 'packet.carried' }>): Packet {
  const { packet: id, exchange, kind, from, to, connection, bytes, at: sentAt } = event
  const dueAt = sentAt
  const packet = sentPacket({ id, exchange, kind, from, to, connection, bytes, sentAt, dueAt })
  packet.status = 'delivered'
  packet.endedAt = sentAt
  packet.pieces = event.pieces
  return packet
}
