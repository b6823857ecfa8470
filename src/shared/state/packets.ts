// A packet of the state by its number, and the packets of an exchange.
import type { ExchangeId, PacketId } from '../ids'
import type { Packet, State } from './state'

/** The list of packets; those in flight are looked up apart where the list is short. */
export interface PacketsOfState extends Partial<Pick<State, 'inFlight'>> {
  packets: { at(index: number): Packet | undefined }
}

/** The packet with this number; undefined where the state has forgotten it, or never had it. */
export function packetIn({ packets, inFlight }: PacketsOfState, id: PacketId): Packet | undefined {
  return packets.at(id - 1) ?? inFlight?.get(id)
}

/** The exchange's packets in the state's list, in order of sending. */
export function packetsOfExchange(
  { packets }: Pick<State, 'packets'>,
  exchange: ExchangeId,
): Packet[] {
  const found: Packet[] = []
  if (exchange === 0) return found
  for (let index = Math.max(exchange - 1, packets.first); index < packets.end; index++) {
    const packet = packets.at(index)
    if (packet?.exchange === exchange) found.push(packet)
  }
  return found
}
