// A packet on a link: what its sender gave the link, and how far it has come.
import type { PacketKind, Piece } from '../../../shared/events'
import type { ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import type { Timer } from '../clock/clock'
import type { Stop } from './breakpoints'

export interface Outgoing {
  readonly kind: PacketKind
  /** `new`: this packet begins an exchange. 0: it belongs to none. */
  readonly exchange: ExchangeId | 'new'
  readonly bytes: Uint8Array
  /** Sender and receiver, where several programs share the connection; by default the link's own ends. */
  readonly from?: NodeId | undefined
  readonly to?: NodeId | undefined
  /** The reads that brought it; undefined: one read with nothing else in it. */
  readonly pieces?: readonly Piece[] | undefined
  /** Called within `carry` with the exchange's number, and again for a copy made by hand. */
  sent?(exchange: ExchangeId): void
  /**
   * Called when the link hands the packet over, and again for a copy made by hand. `bytes` are others than the sender's
   * where the packet was edited.
   */
  handOver(packet: PacketId, exchange: ExchangeId, bytes: Uint8Array): void
  /** Called instead of `handOver` where the packet was dropped by hand. */
  dropped?(exchange: ExchangeId): void
}

export interface InTransit {
  readonly packet: PacketId
  readonly exchange: ExchangeId
  readonly outgoing: Outgoing
  kind: PacketKind
  bytes: Uint8Array
  /** `leaving`: past the middle, or without a stop there; only its due time holds it. */
  stage: 'approaching' | 'held' | 'leaving'
  /** The breakpoint that holds it, or will. */
  stop: Stop | undefined
  /** Held without a stop of its own: the packet in front that is in its way. */
  behind: PacketId | undefined
  /** How long it takes from the middle to the end. */
  restMs: SimMs
  dueAt: SimMs
  timer: Timer | undefined
}

export function inTransit(
  packet: PacketId,
  exchange: ExchangeId,
  outgoing: Outgoing,
  dueAt: SimMs,
): InTransit {
  return {
    packet,
    exchange,
    outgoing,
    kind: outgoing.kind,
    bytes: outgoing.bytes,
    stage: 'approaching',
    stop: undefined,
    behind: undefined,
    restMs: 0,
    dueAt,
    timer: undefined,
  }
}
