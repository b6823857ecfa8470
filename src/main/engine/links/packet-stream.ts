// A connection as packets, for whoever is at one end of it. Its user does not learn whether the other end is an inside
// node, whose packets are found by their offsets in the bytes, or an outside program, whose bytes are scanned and held
// here, at the edge.
import type { ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { NetworkError } from '../net/network'
import type { Outgoing } from './in-transit'

export interface PacketStream<O extends Outgoing = Outgoing> {
  /** No packet is on a link, and none that has been read waits to be taken in. */
  readonly idle: boolean
  /** Puts a packet on the link to the other end. */
  send(outgoing: O): void
  /** Takes in this many packets more than before. */
  allow(count: number): void
  /** Reads no further; packets that have been read still arrive. */
  stopReading(): void
  /** Half-closes at once; a stream that has stopped reading discards what still comes. */
  end(): void
  /** Closes at once: packets on the links and unread ones are lost for this reason. The user hears no more. */
  destroy(reason: ErrorCode): void
}

/** A message, or a fault, that has arrived. */
export interface Arrival {
  readonly item: ScanResult
  /** 0: the packet that it came in is not known. */
  readonly packet: PacketId
  /** 0: it belongs to none. */
  readonly exchange: ExchangeId
  readonly from: NodeId
}

export interface StreamUser<O extends Outgoing = Outgoing> {
  /** A dialled connection stands. */
  opened?(): void
  /** A packet is on the link, with its exchange's number; called again for a copy made by hand. */
  sent?(exchange: ExchangeId, outgoing: O): void
  /** A packet's bytes have been written. They are others than those sent where it was edited. */
  written?(
    packet: PacketId,
    exchange: ExchangeId,
    bytes: Uint8Array,
    outgoing: O,
    isCopy: boolean,
  ): void
  /** A packet that was sent has been dropped by hand: it is not written. */
  dropped?(exchange: ExchangeId, outgoing: O): void
  arrived(arrival: Arrival): void
  /** A packet that was on its way here has been dropped by hand: it does not arrive. */
  lost?(exchange: ExchangeId): void
  /** Nothing more arrives: the other end has half-closed, or is gone. */
  ended(): void
  /** The connection is gone. Packets that have been read may still arrive. */
  closed(error: NetworkError | undefined): void
  /** Why packets are lost when the connection goes. `known`: the reason of the other end, where it closed first. */
  lossReasons(error: NetworkError | undefined, known: ErrorCode | undefined): LossReasons
}

export interface LossReasons {
  /** Of packets that this end has sent. */
  readonly sent: ErrorCode
  /** Of packets that this end has not read. */
  readonly unread: ErrorCode
}

export interface StreamOptions {
  /** How many packets may arrive before `allow`; left out: any number. Reading pauses while none may. */
  credit?: number
  /** Reading pauses while more bytes than this have been written and not been sent. */
  maxUnsentBytes?: number
  /**
   * A message left unfinished arrives as a fault when the other end half-closes, and after this time of silence. Left
   * out: it does not arrive.
   */
  halfSentLimitMs?: SimMs
}
