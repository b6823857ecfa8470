// What each client of a crowd has sent and received, as far as the packets that the state keeps tell. Each has a connection
// of its own, and the id in its messages.
import type { ConnectionId, NodeId, ProtocolId } from '../ids'
import { readBytes } from '../protocol/reading'
import type { Packet } from './state'

interface CrowdMember {
  readonly id: ProtocolId
  readonly sent: number
  readonly answered: number
  /** Error answers. */
  readonly errors: number
  /** Packets on its link. */
  readonly inFlight: number
}

/**
 * The present members of the crowd, in order, also those that have sent nothing. `first`: the protocol id of the first one.
 * `firstPacket`: as in the state.
 */
export function crowdMembers(
  packets: Iterable<Packet>,
  firstPacket: number,
  node: NodeId,
  first: ProtocolId,
  clients: number,
): readonly CrowdMember[] {
  const members = new Map(
    Array.from({ length: clients }, (_, index) => {
      const id = index === 0 ? first : `${first}.${index + 1}`
      return [id, { id, sent: 0, answered: 0, errors: 0, inFlight: 0 }]
    }),
  )
  const owners = new Map<ConnectionId, ProtocolId>()
  for (const packet of packets) {
    if (packet.id <= firstPacket) continue
    const isSent = packet.from === node
    if (!isSent && packet.to !== node) continue
    const owner = owners.get(packet.connection) ?? idIn(packet)
    if (owner === undefined) continue
    owners.set(packet.connection, owner)
    const member = members.get(owner)
    if (member === undefined) continue
    if (packet.status === 'flying') member.inFlight++
    if (isSent) member.sent++
    else if (packet.status === 'delivered' && packet.kind === 'error') member.errors++
    else if (packet.status === 'delivered') member.answered++
  }
  return [...members.values()]
}

/** Whose packet it is: a message says who sends it, an answer for whom it is. */
function idIn({ bytes, original }: Packet): ProtocolId | undefined {
  const reading = readBytes(original ?? bytes)
  if (reading.kind !== 'message') return undefined
  const { message } = reading
  if (message.type === 0) return message.source
  return message.type === 2 ? message.destination : undefined
}
