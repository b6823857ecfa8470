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
}

export interface InTransit<O extends Outgoing = Outgoing> {
  readonly packet: PacketId
  readonly exchange: ExchangeId
  readonly outgoing: O
  /** The packet of which a person made this copy. */
  readonly copyOf: PacketId | null
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

export function inTransit<O extends Outgoing>(
  packet: PacketId,
  exchange: ExchangeId,
  outgoing: O,
  dueAt: SimMs,
  copyOf: PacketId | null,
): InTransit<O> {
  return {
    packet,
    exchange,
    outgoing,
    copyOf,
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
