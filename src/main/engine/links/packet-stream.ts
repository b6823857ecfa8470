// A connection as packets, seen from one end. Its user does not know whether the other end is an inside node, whose
// packets are found by their offsets in the bytes, or an outside program. An outside program's bytes are scanned, and
// its packets held here, at the edge.
import type { ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { NetworkError } from '../net/network'
import type { Outgoing } from './in-transit'

export interface PacketStream<O extends Outgoing = Outgoing> {
  /** No packet is on a link, and none that was read waits for `allow`. */
  readonly idle: boolean
  /** How long a link still holds the packet of this exchange that comes from the other end; undefined if it holds none. */
  heldMs(exchange: ExchangeId): SimMs | undefined
  /** Puts a packet on the link to the other end. */
  send(outgoing: O): void
  /** Writes bytes that are no packet to an outside program, past the link. */
  writeAside(bytes: Uint8Array): void
  /** Lets this many more packets arrive. */
  allow(count: number): void
  /** Stops reading. Packets that have been read still arrive. */
  stopReading(): void
  /** Half-closes at once. A stream that has stopped reading discards further bytes. */
  end(): void
  /** Closes at once: packets on the links and unread ones are lost for this reason. Does not call the user again. */
  destroy(reason: ErrorCode): void
}

/** A message, or a fault, that has arrived. */
export interface Arrival {
  readonly item: ScanResult
  /** 0: its packet is not known. */
  readonly packet: PacketId
  /** 0: it belongs to no exchange. */
  readonly exchange: ExchangeId
  readonly from: NodeId
}

export interface StreamUser<O extends Outgoing = Outgoing> {
  /** The dialled connection is open. */
  opened?(): void
  /** A packet is on the link, with its exchange's number; called again for a copy made by hand. */
  sent?(exchange: ExchangeId, outgoing: O): void
  /** A packet's bytes have been written. They differ from those sent if the packet was edited. */
  written?(
    packet: PacketId,
    exchange: ExchangeId,
    bytes: Uint8Array,
    outgoing: O,
    isCopy: boolean,
  ): void
  /** A packet that was sent has been dropped by hand: it is not written. */
  dropped?(exchange: ExchangeId, outgoing: O): void
  /** A fault of the link has taken a packet that was sent; by default it counts as written, for all that the sender knows. */
  swallowed?(packet: PacketId, exchange: ExchangeId, outgoing: O): void
  /** A fault of the link ends the connection: no packet sent from now on gets through. */
  cutting?(): void
  arrived(arrival: Arrival): void
  /** Something about the bytes is unusual and was accepted; a sentence for the sender's author. */
  noted?(text: string): void
  /** An incoming packet has been dropped by hand: it does not arrive. */
  lost?(exchange: ExchangeId): void
  /** Nothing more arrives: the other end has half-closed or closed. */
  ended(): void
  /** The connection is closed. Packets that have been read may still arrive. */
  closed(error: NetworkError | undefined): void
  /** Why packets are lost when the connection closes. `known`: the other end's reason, if that closed first. */
  lossReasons(error: NetworkError | undefined, known: ErrorCode | undefined): LossReasons
}

export interface LossReasons {
  /** For packets that this end has sent. */
  readonly sent: ErrorCode
  /** For packets that this end has not read. */
  readonly unread: ErrorCode
}

export interface StreamOptions {
  /** How many packets may arrive before `allow`; by default any number. Reading pauses while none may. */
  credit?: number
  /** Reading pauses while more than this many written bytes have not been sent. */
  maxUnsentBytes?: number
  /**
   * An unfinished message arrives as a fault after this time of silence, or when the other end half-closes. By default
   * it never arrives.
   */
  halfSentLimitMs?: SimMs
}
