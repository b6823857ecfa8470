// Finds a packet of the state by its number, and the packets of an exchange.
import type { ExchangeId, PacketId } from '../ids'
import type { Packet, State } from './state'

/** The parts of a state that have packets. Packets in flight may be older than the list. */
export interface PacketsOfState extends Partial<Pick<State, 'inFlight'>> {
  packets: { at(index: number): Packet | undefined }
}

/** Returns the packet with this number, or undefined if the state has forgotten it or never had it. */
export function packetIn({ packets, inFlight }: PacketsOfState, id: PacketId): Packet | undefined {
  return packets.at(id - 1) ?? inFlight?.get(id)
}

/** Returns the exchange's packets that are in the state's list, in order of sending. */
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
