// What a link tells its user: a packet was sent, its bytes leave the link, or it does not arrive.
import type { ExchangeId, PacketId } from '../../../shared/ids'
import type { CutBy } from './faults/fault'
import type { Outgoing } from './in-transit'

export interface LinkOwner<O extends Outgoing> {
  /** A packet is delivered when it is handed over. Otherwise the owner tells when it is. */
  readonly deliversAtOnce?: boolean
  /** Called within `carry` with the exchange's number, and again for a copy made by hand. */
  sent?(exchange: ExchangeId, outgoing: O, isCopy: boolean): void
  /** Bytes leave the link: a packet, or a slice of one. */
  write?(bytes: Uint8Array): void
  /** The packet leaves the link, and its bytes are written. `bytes` differ from the sender's if the packet was edited. */
  handOver(
    packet: PacketId,
    exchange: ExchangeId,
    bytes: Uint8Array,
    outgoing: O,
    isCopy: boolean,
  ): void
  /** The packet was dropped by hand and is not handed over. */
  dropped?(exchange: ExchangeId, outgoing: O): void
  /** A fault of the link has taken the packet. Its sender does not know. */
  swallowed?(packet: PacketId, exchange: ExchangeId, outgoing: O): void
  /** A fault is about to end the connection: nothing more gets through, also nothing that its user does before `cut`. */
  cutting?(): void
  /** A fault ends the connection after these bytes of the packet. */
  cut?(
    how: CutBy,
    packet: PacketId,
    exchange: ExchangeId,
    bytes: Uint8Array,
    outgoing: O | undefined,
  ): void
}
