// Packets for tests of the list: number `id` is a client's message to the proxy.
import { composeClientMessage } from '../../../shared/protocol/compose'
import { PagedList } from '../../../shared/state/paged-list'
import { INITIAL_STATE } from '../../../shared/state/reduce'
import { sentPacket } from '../../../shared/state/sent-packet'
import type { Packet, State } from '../../../shared/state/state'

export function testPacket(id: number, rest: Partial<Packet> = {}): Packet {
  const sent = sentPacket({
    id,
    exchange: id,
    kind: 0,
    from: `client:${id % 3}`,
    to: 'proxy',
    connection: 1,
    bytes: composeClientMessage(String(id % 3), '111', `xyz${id}`),
    sentAt: id * 10,
    dueAt: id * 10 + 600,
  })
  return { ...sent, status: 'delivered', endedAt: sent.dueAt, ...rest }
}

/** A state whose list has these packets, which must follow one another; the session begins at `firstPacket`. */
export function testState(packets: readonly Packet[], rest: Partial<State> = {}): State {
  const edit = PagedList.empty<Packet>((packets[0]?.id ?? 1) - 1).edit()
  for (const packet of packets) edit.push(packet)
  return { ...INITIAL_STATE, packets: edit.done(), ...rest }
}

export function testPackets(from: number, to: number): Packet[] {
  return Array.from({ length: to - from + 1 }, (_, index) => testPacket(from + index))
}
