// A packet on a link: what its sender passed to the link, and its position.
import type { PacketKind, Piece } from '../../../shared/events'
import type { ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import type { Timer } from '../clock/clock'
import type { Stop } from './breakpoints'
import type { Plan } from './faults/plan'

export interface Outgoing {
  readonly kind: PacketKind
  /** `new`: this packet begins an exchange. 0: it belongs to no exchange. */
  readonly exchange: ExchangeId | 'new'
  readonly bytes: Uint8Array
  /** Sender and receiver, if several programs share the connection; by default the link's ends. */
  readonly from?: NodeId | undefined
  readonly to?: NodeId | undefined
  /** The reads that contained it; undefined: one read with nothing else in it. */
  readonly pieces?: readonly Piece[] | undefined
}

export interface InTransit<O extends Outgoing = Outgoing> {
  readonly packet: PacketId
  readonly exchange: ExchangeId
  readonly outgoing: O
  /** The packet that a person duplicated to make this one. */
  readonly copyOf: PacketId | null
  kind: PacketKind
  bytes: Uint8Array
  /** `leaving`: past the middle; waits only for its due time. */
  stage: 'approaching' | 'held' | 'leaving'
  /** The breakpoint that holds it or will hold it. */
  stop: Stop | undefined
  /** The packet in front that blocks it; no breakpoint stops this one. */
  behind: PacketId | undefined
  /** The time from the middle to the end. */
  restMs: SimMs
  dueAt: SimMs
  timer: Timer | undefined
  /** When it would arrive if nothing were in front of it. */
  freeDueAt: SimMs
  /** It was held: the link alone no longer decides when it arrives. */
  wasHeld: boolean
  /** What faults of the link do to it. */
  plan: Plan | undefined
  /** One for each slice but the last. */
  sliceTimers: Timer[]
  /** The bytes that were written in slices. */
  written: number
}

/** How long a link with these packets still holds the one of this exchange; undefined if it is not among them. */
export function heldMs(
  packets: readonly InTransit[],
  exchange: ExchangeId,
  now: SimMs,
): SimMs | undefined {
  const found = packets.find((one) => one.exchange === exchange)
  return found && Math.max(0, found.dueAt - now)
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
    freeDueAt: dueAt,
    wasHeld: false,
    plan: undefined,
    sliceTimers: [],
    written: 0,
  }
}
