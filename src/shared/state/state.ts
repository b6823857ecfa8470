// What the screen shows, as data: rebuilt from events alone, in the desktop window, a browser, a replay or a
// test. Values are immutable; a change makes a new object, and what did not change stays the same object.
import type { Breakpoint, EventBody, LabEvent, Node, PacketKind, Piece, Row } from '../events'
import type {
  BreakpointId,
  ConnectionId,
  ExchangeId,
  NodeId,
  PacketId,
  ProtocolId,
  SimMs,
} from '../ids'
import type { ErrorCode } from '../protocol/errors'
import type { SettledOf, ValuesOf } from '../settings/derive'
import type { LINK_SETTINGS } from '../settings/link'
import type { POOL_SETTINGS } from '../settings/pool'
import type { PagedList } from './paged-list'

export type Decision = Omit<Extract<EventBody, { type: 'decision.made' }>, 'type'> & { at: SimMs }

export interface Packet {
  id: PacketId
  exchange: ExchangeId
  kind: PacketKind
  from: NodeId
  to: NodeId
  connection: ConnectionId
  bytes: Uint8Array
  sentAt: SimMs
  dueAt: SimMs
  /** `flying` until the receiver has all its bytes. */
  status: 'flying' | 'delivered' | 'dropped'
  /** When it was delivered or dropped. */
  endedAt: SimMs | undefined
  dropped: ErrorCode | undefined
  /** Answers to clients: whether the hash is that of what was asked. */
  verdict: 'correct' | 'wrong' | 'error' | undefined
  /** At `legAt` it had come `legFrom` (0 to 1) of its way; from there it goes on to arrive at `dueAt`, unless held. */
  legAt: SimMs
  legFrom: number
  /** When it was first held; it stays when it has gone on, which was at `legAt`. */
  heldAt: SimMs | undefined
  /** Set while it is held, since `legAt`: by a breakpoint, or behind another packet. */
  held: { breakpoint: BreakpointId | null; behind: PacketId | null } | undefined
  /** The bytes as they were sent, where they were edited on the way. */
  original: Uint8Array | undefined
  /** The reads that it took; undefined where it was one read with nothing else in it. */
  pieces: readonly Piece[] | undefined
  /** Clients' messages: the decision of the last attempt. */
  decision: Decision | undefined
  /** The decisions of the attempts before that one; undefined where there were none. */
  earlierDecisions: readonly Decision[] | undefined
  /** The packet that it is a copy of, where it was made by hand. */
  copyOf: PacketId | undefined
}

/** Something to find again on the timeline. */
export interface Mark {
  kind: 'registration' | 'error' | 'held'
  at: SimMs
  seq: number
}

/** A node with its counters. */
export interface NodeState extends Node {
  sent: number
  received: number
  /** Messages that it sent or had a part in and that ended in an error, and bytes that were no message. */
  errors: number
  /** Servers: answers given. Clients: answers received. Proxy: exchanges answered. */
  served: number
  /** Packets now under way to or from it. */
  inFlight: number
  /** Open connections that it has a part in. */
  connections: number
  lastVerdict?: 'correct' | 'wrong' | 'error'
}

/** A row of the switching table, with what has been learnt since it was registered. */
export interface RowState extends Row {
  /** Messages handed to it, answers that came back, and messages that it cost. */
  chosen: number
  served: number
  failed: number
}

export interface Connection {
  id: ConnectionId
  from: NodeId
  to: NodeId
  fromPort: number
  toPort: number
  fromAddress: string
  toAddress: string
}

/** The settings of a policy's pool. */
export type PoolSettings = SettledOf<typeof POOL_SETTINGS>

/** A line that a node's terminal has beside those about its packets. */
export interface LogLine {
  at: SimMs
  level: 'info' | 'warning' | 'error'
  text: string
}

export interface Totals {
  /** By kind, in the order 0, 1, 2, error. */
  sent: readonly [number, number, number, number]
  delivered: number
  dropped: number
  exchanges: { begun: number; answered: number; refused: number; lost: number }
  verdicts: { correct: number; wrong: number; error: number }
}

export interface State extends ValuesOf<typeof LINK_SETTINGS> {
  /** The last event reduced, and when it happened. */
  seq: number
  at: SimMs
  /** The name of what the lab began with; null where that was never told. */
  scenario: string | null
  /** Names all chance in the lab. */
  seed: number
  clock: { paused: boolean; speed: number }
  proxy: { host: string; port: number; askedPort: number } | null
  /** In order of appearance. */
  nodes: ReadonlyMap<NodeId, NodeState>
  /** The message switching table, in order of registration. */
  rows: ReadonlyMap<ProtocolId, RowState>
  /**
   * Whose turn is next, by policy, in order of the policy's first appearance; null where nobody serves the policy, and
   * where its algorithm has no turn. Of those that nobody serves, the first MAX_UNSERVED_POLICIES.
   */
  next: ReadonlyMap<ProtocolId, ProtocolId | null>
  /** Of the pools whose settings are not the default ones: `poolIn` has those of any policy. */
  pools: ReadonlyMap<ProtocolId, PoolSettings>
  connections: ReadonlyMap<ConnectionId, Connection>
  inFlight: ReadonlyMap<PacketId, Packet>
  /** The last PACKET_HISTORY packets in order of sending; the packet with id `n` is at index `n - 1`. */
  packets: PagedList<Packet>
  /** Index of the first packet since the last reset: what lists of the whole session begin with. */
  firstPacket: number
  /** Bytes of the messages in `packets`. */
  packetBytes: number
  /** The last decision by policy, for those in `next`. */
  decisions: ReadonlyMap<ProtocolId, Decision>
  /** The last TERMINAL_LINES log lines of each node; terminal.ts makes its terminal of them and of the packets. */
  logs: ReadonlyMap<NodeId, readonly LogLine[]>
  totals: Totals
  /** In order of setting. */
  breakpoints: ReadonlyMap<BreakpointId, Breakpoint>
  /** Of the whole session, in order; thinned out where there are very many. */
  marks: readonly Mark[]
  /** Packets that this consumer was not sent one by one because it fell behind; the counters include them. */
  notShown: number
}

export type { LabEvent }
