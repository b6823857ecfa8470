// A packet for the inspector's tests.
import { composeClientMessage } from '../../../shared/protocol/compose'
import { sentPacket } from '../../../shared/state/sent-packet'
import type { Packet } from '../../../shared/state/state'

/** A client's message in flight to the proxy, with these parts replaced. */
export function packetOf(parts: Partial<Packet> = {}): Packet {
  const sent = sentPacket({
    id: 1,
    exchange: 1,
    kind: 0,
    from: 'client:1',
    to: 'proxy',
    connection: 1,
    bytes: composeClientMessage('1', '111', 'xyz1'),
    sentAt: 0,
    dueAt: 600,
  })
  return { ...sent, ...parts }
}
