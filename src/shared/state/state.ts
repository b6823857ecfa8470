// What the screen shows, as data: rebuilt from events alone, in the desktop window, a browser, a replay or a
// test. Values are immutable; a change makes a new object, and what did not change stays the same object.
import type { EventBody, LabEvent, Node, PacketKind, Row } from '../events'
import type { ConnectionId, ExchangeId, NodeId, PacketId, ProtocolId, SimMs } from '../ids'
import type { ErrorCode } from '../protocol/errors'
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
  /** Answers to inside clients: what the client found. */
  verdict: 'correct' | 'wrong' | 'error' | undefined
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
}

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

export interface State {
  /** The last event reduced, and when it happened. */
  seq: number
  at: SimMs
  clock: { paused: boolean; speed: number }
  latencyMs: SimMs
  proxy: { host: string; port: number; askedPort: number } | null
  /** In order of appearance. */
  nodes: ReadonlyMap<NodeId, NodeState>
  /** The message switching table, in order of registration. */
  rows: ReadonlyMap<ProtocolId, RowState>
  /**
   * Whose turn it is next, by policy, in order of the policy's first appearance. Of those that nobody serves, the
   * first MAX_UNSERVED_POLICIES.
   */
  next: ReadonlyMap<ProtocolId, ProtocolId | null>
  connections: ReadonlyMap<ConnectionId, Connection>
  inFlight: ReadonlyMap<PacketId, Packet>
  /** The last PACKET_HISTORY packets in order of sending; the packet with id `n` is at index `n - 1`. */
  packets: PagedList<Packet>
  /** Bytes of the messages in `packets`. */
  packetBytes: number
  /** The last decision by policy, for those in `next`. */
  decisions: ReadonlyMap<ProtocolId, Decision>
  /** The last TERMINAL_LINES log lines of each node; terminal.ts makes its terminal of them and of the packets. */
  logs: ReadonlyMap<NodeId, readonly LogLine[]>
  totals: Totals
  /** Packets that this consumer was not sent one by one because it fell behind; the counters include them. */
  notShown: number
}

export type { LabEvent }
