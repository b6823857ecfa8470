// Everything that happens in a lab is an event, numbered and in order. The state is their reduction (state/reduce.ts).
import type { BookmarkEvent } from './bookmark'
import type { ClockState } from './clock-state'
import type { ComparedSettings } from './compare/settings'
import type { KeysMoved, Others } from './decision/others'
import type { AlgorithmName, PassedOver, Reason } from './decision/reason'
import type { ForeignEvent } from './foreign-proxy'
import type { HandEvent } from './hand-outcome'
import type {
  BreakpointId,
  CheckId,
  ConnectionId,
  ExchangeId,
  NodeId,
  Origin,
  PacketId,
  ProtocolId,
  Role,
  SimMs,
} from './ids'
import type { FaultEvent } from './link-fault'
import type { GroupSecond } from './metrics/second'
import type { PacketEvent } from './packet-event'
import type { ErrorCode } from './protocol/errors'
import type { WithGroup } from './room/group'
import type { CLIENT_SETTINGS } from './settings/client'
import type { Recorded, ValuesOf } from './settings/derive'
import type { LINK_SETTINGS, LinkValues } from './settings/link'
import type { POOL_SETTINGS, PoolValues } from './settings/pool'
import type { SERVER_SETTINGS } from './settings/server'
import type { Unknown } from './settings/setting'
import type { SocketNoted } from './socket-noted'

export type { PacketContent, PacketKind, Piece } from './packet-event'

/** A recording of an older version may lack settings: `settled` (settings/derive.ts) fills in their defaults. */
export interface Node
  extends WithGroup,
    Partial<
      Recorded<typeof SERVER_SETTINGS, ValuesOf<typeof SERVER_SETTINGS>> &
        Recorded<typeof CLIENT_SETTINGS, ValuesOf<typeof CLIENT_SETTINGS>>
    > {
  id: NodeId
  role: Role
  origin: Origin
  /** Its id in the protocol. The proxy has no such id. */
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
  /** down: it gets no messages, for the cause below. unknown: in a recording of a newer version, another one. */
  health: 'up' | 'down' | 'unknown'
  /**
   * Why it is down. Omitted: a message could not be handed over, and the server is passed over until it registers again
   * or no other one is left. failures: nginx's fail_timeout runs. checks: too many health checks failed. errors: too many
   * messages could not be handed over (HAProxy's error-limit). ejected: as an outlier. breaker: its circuit breaker is open.
   */
  cause?: 'failures' | 'checks' | 'errors' | 'ejected' | 'breaker' | 'unknown'
  /** When it may get messages again. Omitted: that is not known before. */
  until?: SimMs
  /** It is tried with one message: the next one, or one that it has. */
  trial?: boolean
  /** How many health checks in a row have contradicted `health`; `streakOf` of them change it. */
  streak?: number
  streakOf?: number
  /** Slow start: the share of its weight that counts now, in per cent. Omitted: all of it. */
  weightPercent?: number
  /** Slow start: the limit that counts now, where it is not the whole one. */
  limit?: number
}

/** Where a person has put a node on the graph: the node's middle, in flow units from the tidy roundabout's middle. */
export interface NodePlace {
  node: NodeId
  x: number
  y: number
}

/** Holds each packet that its filter (filter/filter.ts) lets through, in the middle of its link. */
export interface Breakpoint {
  id: BreakpointId
  filter: string
  /** Holds one packet and is then removed. */
  once: boolean
  enabled: boolean
}

/** A change of the set-up that can be undone or redone. */
export interface Change {
  /** Numbers the changes of a session from 1. */
  number: number
  /** What was done, as the imperative that follows “Undo:” in a menu: `remove server 300`. */
  label: string
}

export type EventBody =
  | {
      type: 'proxy.listening'
      host: string
      port: number
      askedPort: number
      /** Further addresses on which it listens, on the same port. */
      otherHosts: readonly string[]
    }
  /** `before`: the node in front of which it stands in the order of nodes; without it, it is the last. */
  | { type: 'node.added'; node: Node; before?: NodeId }
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
  /** Nodes have places of their own, or are back in the tidy layout. */
  | { type: 'nodes.placed'; places: readonly NodePlace[]; forgotten: readonly NodeId[] }
  /** `before`: the server in front of whose row a new row stands; without it, it is the last. */
  | { type: 'row.set'; row: Row; before?: ProtocolId }
  | { type: 'row.removed'; server: ProtocolId }
  /** A policy's pool has new settings. Its servers, their health and messages in flight stay. */
  | ({ type: 'pool.changed'; policy: ProtocolId } & Recorded<typeof POOL_SETTINGS, PoolValues>)
  /** The server whose turn is next; null: nobody's. `coming`: the next choices, this one first, while somebody looks. */
  | {
      type: 'policy.next'
      policy: ProtocolId
      server: ProtocolId | null
      coming?: readonly ProtocolId[]
    }
  /** Other servers of the policy can be chosen than before; only while somebody looks. */
  | ({ type: 'keys.moved'; policy: ProtocolId } & KeysMoved)
  | PacketEvent
  /** A client has this many messages left to send, at later times. Each that it sends is one less. */
  | { type: 'messages.queued'; client: NodeId; count: number }
  | { type: 'breakpoint.set'; breakpoint: Breakpoint }
  | { type: 'breakpoint.removed'; breakpoint: BreakpointId }
  | (FaultEvent | BookmarkEvent)
  | {
      /** Which server an attempt of an exchange goes to, and why. */
      type: 'decision.made'
      exchange: ExchangeId
      /** Counts from 1. A second attempt is made if a server could not be reached. */
      attempt: number
      policy: ProtocolId
      algorithm: AlgorithmName | Unknown
      /** Null: no server serves the policy, or none of them could be chosen. */
      server: ProtocolId | null
      /** The policy's servers in order of registration: the same array until they change, never written to. */
      candidates: readonly ProtocolId[]
      /** The candidates that could not be chosen, in the same order. */
      passedOver: readonly PassedOver[]
      reason: Reason | null
      /** The server whose turn is next; null if no server serves the policy, or if the algorithm has no turn. */
      next: ProtocolId | null
      /** The message came out of the queue, where it was for so long. */
      waitedMs?: SimMs
      /** The next choices, that one first; only while somebody looks. */
      coming?: readonly ProtocolId[]
      /** What the other algorithms would have chosen. Set for a first attempt while somebody looks. */
      others?: Others
      /** So few servers were healthy that health was ignored (Envoy's panic threshold). */
      panic?: boolean
      /** In a panic: how many servers were healthy (`healthy`) of those that count (`of`): backups apart, without servers that drain. */
      healthy?: number
      of?: number
    }
  /** The message waits in the policy's queue, until `decision.made`, `exchange.finished` or `queue.left`. Positions count from 1. */
  | { type: 'exchange.queued'; exchange: ExchangeId; policy: ProtocolId; position: number }
  /** An attempt failed at this server: it could not be reached, did not answer, or its answer was not valid. */
  | {
      type: 'upstream.failed'
      exchange: ExchangeId
      server: ProtocolId
      reason: ErrorCode
      /** What the proxy knows of it, as a sentence; empty in recordings without one. */
      detail: string
    }
  /** Nobody waits for this server's answer any more: the client has left. */
  | { type: 'upstream.left'; exchange: ExchangeId; server: ProtocolId }
  /** A message no longer waits for a server: the proxy has noticed that its client has left. */
  | { type: 'queue.left'; exchange: ExchangeId; policy: ProtocolId }
  /** The hash in a client's answer (`packet`) was compared, for an outside program by the proxy. `error`: it has no hash. */
  | {
      type: 'answer.verified'
      exchange: ExchangeId
      packet: PacketId
      node: NodeId
      verdict: 'correct' | 'wrong' | 'error'
    }
  /** The server's answer has another `destid` than the client's id. It is passed on as it is. */
  | { type: 'answer.misaddressed'; exchange: ExchangeId; server: ProtocolId }
  | {
      /** Ends every exchange, once: answered, refused with an error answer, or lost with a reason. */
      type: 'exchange.finished'
      exchange: ExchangeId
      client: NodeId
      outcome: 'answered' | 'refused' | 'lost'
      server: ProtocolId | null
      reason: ErrorCode | null
    }
  | ({ type: 'clock.changed' } & ClockState)
  /** The links have new settings, for packets that are sent from now on. */
  | ({ type: 'links.changed' } & Recorded<typeof LINK_SETTINGS, LinkValues>)
  /** A line for a node's terminal that is in no other event. */
  | { type: 'log'; node: NodeId; level: 'info' | 'warning' | 'error'; text: string }
  /** The lab begins anew: the table, the list of packets and the counters are empty. All exchanges have finished. */
  | { type: 'scenario.reset' }
  /** Traffic has started, stopped or fallen behind. `unsent`: messages wait, for too many others are unanswered. */
  | { type: 'traffic.changed'; client: NodeId; running: boolean; unsent: number }
  /** The exchange's message was sent so much later than it was due: its latency counts from when it was due. */
  | { type: 'message.late'; exchange: ExchangeId; lateMs: SimMs }
  /** The scenario that the lab begins with; its nodes follow. */
  | { type: 'scenario.opened'; name: string; seed: number }
  /** What can be compared: the pools' settings of two to four labs, or of none. */
  | { type: 'compare.changed'; compare: readonly ComparedSettings[] }
  /** What `undo` and `redo` would do next, the same for every operator. */
  | { type: 'history.changed'; undo: Change | null; redo: Change | null }
  /** The proxy's health check, a connection or a message of type 0 that is no packet nor counted, arrives at `dueAt`. */
  | {
      type: 'check.sent'
      check: CheckId
      server: ProtocolId
      node: NodeId
      way: 'connect' | 'message' | Unknown
      dueAt: SimMs
    }
  /** Ends every check, once. `detail`: what was found, as the end of a sentence (“the connection was refused”). */
  | { type: 'check.ended'; check: CheckId; passed: boolean; detail: string }
  /** How many messages an inside server works on, and how many wait in its own queue; only while its work takes time. */
  | { type: 'work.changed'; node: NodeId; working: number; waiting: number }
  | HandEvent
  | SocketNoted
  /** Figures of this second of simulated time, from 0; there is no such event if nothing happened in it. */
  | { type: 'metrics.second'; second: number; groups: readonly GroupSecond[] }
  | ForeignEvent
  /** Replaces an event of a newer version that this one does not know, when a recording is read. */
  | { type: 'event.unknown'; name: string }

export type EventType = EventBody['type']

/** An event: its number (from 1, no gaps), when it happened, and what. */
export type LabEvent = { readonly seq: number; readonly at: SimMs } & EventBody
