// Packets and states for the inspector's tests.
import type { LabEvent } from '../../../shared/events'
import { composeClientMessage } from '../../../shared/protocol/compose'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import { sentPacket } from '../../../shared/state/sent-packet'
import type { Packet, State } from '../../../shared/state/state'

/** A client's message under way to the proxy, but for what is said of it. */
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

/** The state after these events, which are numbered from 1. */
export function stateAfter(events: readonly DistributiveOmit<LabEvent, 'seq'>[]): State {
  return reduce(
    INITIAL_STATE,
    events.map((event, index) => ({ ...event, seq: index + 1 })),
  )
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
