// Where a message is now, as it goes from packet to packet.
import type { PacketId } from '../ids'
import type { Packet, State } from './state'

/** The exchange of a packet that belongs to none. */
const NO_EXCHANGE = 0

type Source = Pick<State, 'inFlight' | 'packets'>

/** The packet of the same exchange that is in flight now, else the one that is meant; undefined: it is not known any more. */
export function messageNow(id: PacketId, { inFlight, packets }: Source): Packet | undefined {
  const packet = inFlight.get(id) ?? packets.at(id - 1)
  if (packet === undefined || packet.exchange === NO_EXCHANGE || inFlight.has(id)) return packet
  let latest: Packet | undefined
  for (const one of inFlight.values()) if (one.exchange === packet.exchange) latest = one
  return latest ?? packet
}

/** Where packets are looked up: the state, with or without the history. Packet `n` is at index `n - 1`. */
export interface PacketSource {
  packets: { at(index: number): Packet | undefined }
}

/** The client's packet that began this packet's exchange, if it is available. */
export function questionOf({ exchange }: Packet, { packets }: PacketSource): Packet | undefined {
  return exchange === NO_EXCHANGE ? undefined : packets.at(exchange - 1)
}

export function isOfMessage({ id, exchange }: Packet, of: Packet): boolean {
  return id === of.id || (exchange !== NO_EXCHANGE && exchange === of.exchange)
}
