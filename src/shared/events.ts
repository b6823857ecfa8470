// The one story. Everything that happens is an event, numbered and in order; the state that the
// screen shows is a reduction of these (state/reduce.ts), and nothing is kept twice.
import type { AlgorithmName, PassedOver, Reason } from './decision/reason'
import type {
  BreakpointId,
  ConnectionId,
  ExchangeId,
  NodeId,
  Origin,
  PacketId,
  ProtocolId,
  Role,
  SimMs,
} from './ids'
import type { ErrorCode } from './protocol/errors'
import type { CLIENT_SETTINGS } from './settings/client'
import type { SettledOf, ValuesOf } from './settings/derive'
import type { LINK_SETTINGS } from './settings/link'
import type { POOL_SETTINGS } from './settings/pool'
import type { SERVER_SETTINGS } from './settings/server'

/** What travels: a message by its type, or an answer that carries an error, or bytes that are no message. */
export type PacketKind = 0 | 1 | 2 | 'error'

/** Settings that a recording of an older version does not have are left out: `settled` (settings/derive.ts) fills them in. */
export interface Node
  extends Partial<ValuesOf<typeof SERVER_SETTINGS> & ValuesOf<typeof CLIENT_SETTINGS>> {
  id: NodeId
  role: Role
  origin: Origin
  /** The id that it has in the protocol; the proxy has none. */
  protocolId?: ProtocolId
  /** Servers: the policy served. Clients: the policy asked for by default. */
  policy?: ProtocolId
}

/** A row of the message switching table. */
export interface Row {
  server: ProtocolId
  policy: ProtocolId
  listenPort: number
  address: string
  node: NodeId
  /** down: a message could not be handed over; skipped until it registers again or nobody else is left. */
  health: 'up' | 'down'
}

/** Holds each packet that its filter (filter/filter.ts) lets through, in the middle of its link. */
export interface Breakpoint {
  id: BreakpointId
  filter: string
  /** It holds one packet and is then removed: "hold the next one". */
  once: boolean
  enabled: boolean
}

/** A part of a message as one read brought it. */
export interface Piece {
  /** Bytes of this message in the read, and all bytes of the read: what is over belongs to other messages. */
  bytes: number
  of: number
  at: SimMs
}

export type EventBody =
  | { type: 'proxy.listening'; host: string; port: number; askedPort: number }
  | { type: 'node.added'; node: Node }
  | { type: 'node.changed'; node: Node }
  | { type: 'node.removed'; id: NodeId }
  | {
      type: 'connection.opened'
      connection: ConnectionId
      /** Who dialled, and who accepted. */
      from: NodeId
      to: NodeId
      fromPort: number
      toPort: number
      fromAddress: string
      toAddress: string
    }
  | { type: 'connection.closed'; connection: ConnectionId; node: NodeId }
  | { type: 'row.set'; row: Row }
  | { type: 'row.removed'; server: ProtocolId }
  /** A policy's pool has other settings: its servers, their health and what is in flight stay. */
  | ({ type: 'pool.changed'; policy: ProtocolId } & SettledOf<typeof POOL_SETTINGS>)
  /** Whose turn is next; `server` is null where nobody serves the policy, and where the algorithm has no turn. */
  | { type: 'policy.next'; policy: ProtocolId; server: ProtocolId | null }
  | {
      type: 'packet.sent'
      packet: PacketId
      /** 0 where it belongs to none (a registration, bytes that are no message). */
      exchange: ExchangeId
      kind: PacketKind
      from: NodeId
      to: NodeId
      connection: ConnectionId
      /** When the link hands it over, as planned now: never earlier; `packet.released` says if it is later. */
      dueAt: SimMs
      /** The message as it is on the wire. */
      bytes: Uint8Array
      /** The packet that was sent twice by hand, of which this is the copy; null where its sender sent it. */
      copyOf: PacketId | null
    }
  /** It stops on its way: its bytes are not delivered until it is released. */
  | {
      type: 'packet.held'
      packet: PacketId
      /** What holds it; null where it waits behind another one that is held. */
      breakpoint: BreakpointId | null
      behind: PacketId | null
      /** How much of its way it has come, 0 to 1. */
      progress: number
    }
  /** It goes on from where it was held. */
  | { type: 'packet.released'; packet: PacketId; dueAt: SimMs }
  /** While held, its bytes were changed: these are the ones that will be delivered. */
  | { type: 'packet.edited'; packet: PacketId; kind: PacketKind; bytes: Uint8Array }
  /**
   * The reads that it took, in order. Untold where it was one read with nothing else in it: at delivery, or, from an
   * outside program, at sending.
   */
  | { type: 'packet.read'; packet: PacketId; pieces: readonly Piece[] }
  | { type: 'breakpoint.set'; breakpoint: Breakpoint }
  | { type: 'breakpoint.removed'; breakpoint: BreakpointId }
  /** The receiver has all its bytes. */
  | { type: 'packet.delivered'; packet: PacketId }
  | { type: 'packet.dropped'; packet: PacketId; reason: ErrorCode }
  | {
      /** Which server an attempt of an exchange goes to, and why. */
      type: 'decision.made'
      exchange: ExchangeId
      /** From 1; a further one is made where a server could not be reached. */
      attempt: number
      policy: ProtocolId
      algorithm: AlgorithmName
      /** Null where nobody serves the policy. */
      server: ProtocolId | null
      /**
       * The policy's servers in order of registration. The same array for every decision until they change: nobody may
       * write to it.
       */
      candidates: readonly ProtocolId[]
      /** Those of them that could not be chosen, in the same order. */
      passedOver: readonly PassedOver[]
      reason: Reason | null
      /** Whose turn is next; null where nobody serves the policy, and where the algorithm has no turn. */
      next: ProtocolId | null
    }
  /** A server cost this exchange: it could not be reached, said nothing, or said something that is no answer. */
  | { type: 'upstream.failed'; exchange: ExchangeId; server: ProtocolId; reason: ErrorCode }
  /**
   * A client has its answer, and the hash has been compared with that of what it asked: by itself, or, where it is an
   * outside program, in its place. `error`: there is none to compare.
   */
  | {
      type: 'answer.verified'
      exchange: ExchangeId
      /** The answer. */
      packet: PacketId
      node: NodeId
      verdict: 'correct' | 'wrong' | 'error'
    }
  | {
      /** Once for every client's message: answered, refused with an error answer, or lost with a reason. */
      type: 'exchange.finished'
      exchange: ExchangeId
      client: NodeId
      outcome: 'answered' | 'refused' | 'lost'
      server: ProtocolId | null
      reason: ErrorCode | null
    }
  | { type: 'clock.changed'; paused: boolean; speed: number }
  | ({ type: 'latency.changed' } & ValuesOf<typeof LINK_SETTINGS>)
  /** A line for a terminal that no other event tells. */
  | { type: 'log'; node: NodeId; level: 'info' | 'warning' | 'error'; text: string }
  /** The lab begins anew: table, history and counters begin again; exchanges have all finished. */
  | { type: 'scenario.reset' }
  /** What the lab begins with, and is made of next. */
  | { type: 'scenario.opened'; name: string; seed: number }
  /** Takes the place of an event of a newer version that this one does not know, when it is read. */
  | { type: 'event.unknown'; name: string }

export type EventType = EventBody['type']

/** An event: its number (from 1, no gaps), when it happened, and what. */
export type LabEvent = { readonly seq: number; readonly at: SimMs } & EventBody
