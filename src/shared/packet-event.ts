// What happens to a packet on its link, as events tell it. Faults add theirs (link-fault.ts).
import type { BreakpointId, ConnectionId, ExchangeId, NodeId, PacketId, SimMs } from './ids'
import type { ErrorCode } from './protocol/errors'

/** The kind of a packet: a message by its type; or an error answer, or bytes that are no message. */
export type PacketKind = 0 | 1 | 2 | 'error'

/** The part of a message that one read brought. */
export interface Piece {
  /** `bytes` of this message in the read, which has `of` bytes; the rest belongs to other messages. */
  bytes: number
  of: number
  at: SimMs
}

/** What a packet is, wherever it is. */
export interface PacketContent {
  /** 0: it belongs to no exchange (a registration, bytes that are no message). */
  exchange: ExchangeId
  kind: PacketKind
  from: NodeId
  to: NodeId
  connection: ConnectionId
  bytes: Uint8Array
}

/** A packet as it is sent. */
interface SentPacket extends PacketContent {
  packet: PacketId
}

export type PacketEvent =
  | ({
      type: 'packet.sent'
      /** When the link will hand it over: never earlier. `packet.released` says if it will be later. */
      dueAt: SimMs
      /** The packet that a person has duplicated to make this one; null if a node sent it. */
      copyOf: PacketId | null
    } & SentPacket)
  /**
   * A packet that its link let through at once: sent, read and delivered in one moment. No other event tells of it. It
   * is no copy, and was due when it was sent.
   */
  | ({
      type: 'packet.carried'
      /** As in `packet.read`; omitted where there would be no such event. */
      pieces?: readonly Piece[] | undefined
    } & SentPacket)
  /** The packet stops on its link: its bytes are not delivered until it is released. */
  | {
      type: 'packet.held'
      packet: PacketId
      /** The breakpoint that holds it; null if it waits behind another held packet. */
      breakpoint: BreakpointId | null
      behind: PacketId | null
      /** Its place on the link, 0 to 1. */
      progress: number
    }
  /** The packet moves on from where it was held. */
  | { type: 'packet.released'; packet: PacketId; dueAt: SimMs }
  /** A held packet's bytes were changed: these will be delivered. */
  | { type: 'packet.edited'; packet: PacketId; kind: PacketKind; bytes: Uint8Array }
  /** The reads that brought a packet, unless one did that brought nothing else: at delivery, or at an outside sending. */
  | { type: 'packet.read'; packet: PacketId; pieces: readonly Piece[] }
  /** The receiver has all bytes of the packet. */
  | { type: 'packet.delivered'; packet: PacketId }
  | { type: 'packet.dropped'; packet: PacketId; reason: ErrorCode }
