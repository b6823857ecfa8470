// What the screen shows, as data, rebuilt from events alone: in the desktop window, a browser, a replay or a test. Values
// are immutable: a change makes a new object, and unchanged parts stay the same objects.
import type { Bookmark } from '../bookmark'
import type { ByHand } from '../by-hand'
import type { ClockState } from '../clock-state'
import type { ComparedSettings } from '../compare/settings'
import type { KeysMoved } from '../decision/others'
import type { Examination } from '../diagnosis/doctor/diagnosis'
import type {
  Breakpoint,
  Change,
  EventBody,
  LabEvent,
  Node,
  PacketContent,
  Piece,
  Row,
} from '../events'
import type { WithChoice, WithForeign } from '../foreign-proxy'
import type {
  BookmarkId,
  BreakpointId,
  CheckId,
  ConnectionId,
  ExchangeId,
  FaultId,
  NodeId,
  PacketId,
  ProtocolId,
  SimMs,
} from '../ids'
import type { Harm, LinkFault } from '../link-fault'
import type { Metrics } from '../metrics/series'
import type { ErrorCode } from '../protocol/errors'
import type { Recorded } from '../settings/derive'
import type { LINK_SETTINGS, LinkValues } from '../settings/link'
import type { POOL_SETTINGS, PoolValues } from '../settings/pool'
import type { Mark } from './marks'
import type { PagedList } from './paged-list'

/** With what the state knew at that moment (decision-context.ts). */
export type Decision = Omit<Extract<EventBody, { type: 'decision.made' }>, 'type' | 'coming'> & {
  at: SimMs
  /** Why there is a further attempt. Set for one. */
  failure?: AttemptFailure
  /** The share of healthy servers below which health is ignored. Set in a panic. */
  panicBelow?: number
}

export interface Packet extends PacketContent, WithChoice {
  id: PacketId
  sentAt: SimMs
  dueAt: SimMs
  /** `flying` until the receiver has all its bytes. `unknown`: in a recording of a newer version, another one. */
  status: 'flying' | 'delivered' | 'dropped' | 'unknown'
  /** When it was delivered or dropped. */
  endedAt: SimMs | undefined
  dropped: ErrorCode | undefined
  /** Answers to clients: whether the hash is the one of the question's payload. */
  verdict: 'correct' | 'wrong' | 'error' | undefined
  /** At `legAt` it was at `legFrom` of its link (0 to 1); from there it moves on and arrives at `dueAt`, unless held. */
  legAt: SimMs
  legFrom: number
  /** When it was first held; kept after its release, which was at `legAt`. */
  heldAt: SimMs | undefined
  /** Set while it is held, from `legAt` on: by a breakpoint, or behind another held packet. */
  held: { breakpoint: BreakpointId | null; behind: PacketId | null } | undefined
  /** The bytes that were sent, if a person has edited them since. */
  original: Uint8Array | undefined
  /** The reads that brought it; undefined if it was one read with nothing else in it. */
  pieces: readonly Piece[] | undefined
  /** Clients' messages: the decision of the last attempt. */
  decision: Decision | undefined
  /** The decisions of earlier attempts; undefined if there were none. */
  earlierDecisions: readonly Decision[] | undefined
  /** Clients' messages: the attempts that failed, in order; undefined if none did. */
  failures: readonly AttemptFailure[] | undefined
  /** What faults of its link do to it; undefined if none does. */
  harms?: readonly Harm[]
  /** The packet that a person has duplicated to make this one. */
  copyOf: PacketId | undefined
}

/** An attempt of an exchange that failed. */
export interface AttemptFailure {
  attempt: number
  server: ProtocolId
  reason: ErrorCode
  at: SimMs
}

/** A node with its counters. */
export interface NodeState extends Node {
  sent: number
  received: number
  /** Counts its exchanges that ended in an error, and its bytes that were no message. */
  errors: number
  /** Servers: answers given. Clients: answers received. Proxy: exchanges answered. */
  served: number
  /** Packets in flight to or from it. */
  inFlight: number
  /** Open connections of which it is one end. */
  connections: number
  lastVerdict?: 'correct' | 'wrong' | 'error'
  /** Clients: answers with a wrong hash. */
  wrongHashes?: number
  /** Outside programs: when it last sent something, or opened, accepted or closed a connection. */
  lastSeenAt?: SimMs
  /** Inside clients: messages of a burst that it has still to send. */
  queued?: number
  /** Inside servers whose work takes time: the messages that it works on, and those in its own queue. */
  working?: number
  waiting?: number
  /** Servers that answer by hand, or have done so. */
  byHand?: ByHand
  /** Its traffic runs: it sends by itself. */
  sending?: boolean
  /** Messages of its traffic that are due and wait until others are answered. */
  unsent?: number
  /** While some wait: how late the latest of them was that could be sent. */
  lateMs?: SimMs
}

/** An attempt that failed at a server, and why. */
export interface Failure {
  at: SimMs
  reason: ErrorCode
  /** A sentence; empty in recordings without one. */
  detail: string
}

/** A health check that has no result yet. */
export interface Check {
  id: CheckId
  server: ProtocolId
  node: NodeId
  way: Extract<EventBody, { type: 'check.sent' }>['way']
  sentAt: SimMs
  /** When it reaches the server. */
  dueAt: SimMs
}

/** The result of a health check, and what was found. */
export interface CheckResult {
  at: SimMs
  passed: boolean
  detail: string
}

/** A row of the switching table, with its counters since the registration. */
export interface RowState extends Row {
  /** Messages that it was chosen for, that it answered, and that failed at it. */
  chosen: number
  served: number
  failed: number
  /** Messages that it was given and that have not come to their end; without it, none. */
  inFlight?: number
  /** Since when its health and its cause are what they are; undefined while it has been up since its registration. */
  since?: SimMs | undefined
  /** The latest attempt that failed at it; undefined once it has answered, or was down and is up again. */
  lastFailure?: Failure | undefined
  /** Its answers that could not be read, had another hash than the payload's, or were for another client; without it, none. */
  unreadable?: number
  wrongHashes?: number
  misaddressed?: number
  /** The result of the latest health check that has ended; absent if none has. */
  lastCheck?: CheckResult
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
export type PoolSettings = Recorded<typeof POOL_SETTINGS, PoolValues>

/** A line of a node's terminal that is not about a packet. */
export interface LogLine {
  at: SimMs
  level: 'info' | 'warning' | 'error'
  text: string
}

/** What all algorithms would have chosen, and the pool's own one has chosen, since they run beside it. */
export interface ShadowTally {
  /** When the first message came that they saw. */
  readonly since: SimMs
  /** The messages since then. */
  readonly messages: number
  /** By algorithm, in SHADOW_ORDER: those that would have gone to another server than they did. */
  readonly elsewhere: readonly number[]
  /** The servers that any of them has chosen. */
  readonly servers: readonly ProtocolId[]
  /** By algorithm, for each of these servers: the messages that it would have got. */
  readonly given: readonly (readonly number[])[]
}

export interface WatchedPolicy {
  /** The next choices, the next one first; empty where nobody knows before. */
  coming: readonly ProtocolId[]
  tally?: ShadowTally
  keysMoved?: KeysMoved & { readonly at: SimMs }
}

export interface Totals {
  /** By kind, in the order 0, 1, 2, error. */
  sent: readonly [number, number, number, number]
  delivered: number
  dropped: number
  exchanges: { begun: number; answered: number; refused: number; lost: number }
  verdicts: { correct: number; wrong: number; error: number }
}

/** The settings of all links. */
export type LinkSettings = Recorded<typeof LINK_SETTINGS, LinkValues>

export interface State extends LinkSettings, WithForeign {
  /** The last event reduced, and when it happened. */
  seq: number
  at: SimMs
  /** The name of the scenario that the lab began with; null in recordings without one. */
  scenario: string | null
  /** The seed of all chance in the lab. */
  seed: number
  clock: ClockState
  proxy: Omit<Extract<EventBody, { type: 'proxy.listening' }>, 'type'> | null
  /** In order of appearance; a node that an undo brought back has its former place. */
  nodes: ReadonlyMap<NodeId, NodeState>
  /** The message switching table, in order of registration; a server that an undo brought back has its former place. */
  rows: ReadonlyMap<ProtocolId, RowState>
  /**
   * The server whose turn is next, by policy, in order of the policies' first appearance (policies.ts). Null if no server
   * is registered for the policy, or if its algorithm has no turn. Of policies without a server only the first
   * MAX_UNSERVED_POLICIES are kept.
   */
  next: ReadonlyMap<ProtocolId, ProtocolId | null>
  /** Each policy's number, which gives its colour: the least that was free when the policy appeared. */
  slots: ReadonlyMap<ProtocolId, number>
  /** The policies of the exchanges in progress, since they were queued or decided on. */
  asking: ReadonlyMap<ExchangeId, ProtocolId>
  /** The exchanges in each policy's queue, in order; policies without any are left out. */
  waiting: ReadonlyMap<ProtocolId, readonly ExchangeId[]>
  /** Health checks without a result so far, in the order of sending. */
  checks: ReadonlyMap<CheckId, Check>
  /** The servers of the messages that have not come to their end there. */
  given: ReadonlyMap<ExchangeId, ProtocolId>
  /** Pools with settings other than the defaults; `poolIn` returns the settings of any policy. */
  pools: ReadonlyMap<ProtocolId, PoolSettings>
  /** Where people have put nodes; all others are in the tidy layout. A node that has left may return to its place. */
  places: ReadonlyMap<NodeId, { readonly x: number; readonly y: number }>
  connections: ReadonlyMap<ConnectionId, Connection>
  inFlight: ReadonlyMap<PacketId, Packet>
  /** The last PACKET_HISTORY packets in order of sending; the packet with id `n` is at index `n - 1`. */
  packets: PagedList<Packet>
  /** Index of the first packet since the last reset, with which lists of the whole session begin. */
  firstPacket: number
  /** Bytes of the messages in `packets`. */
  packetBytes: number
  /** The last decision by policy, for those in `next`. */
  decisions: ReadonlyMap<ProtocolId, Decision>
  /** The last TERMINAL_LINES log lines of each node; terminal.ts makes the terminal from these and the packets. */
  logs: ReadonlyMap<NodeId, readonly LogLine[]>
  totals: Totals
  /** In order of their ids. */
  breakpoints: ReadonlyMap<BreakpointId, Breakpoint>
  /** The faults of links, in order of their ids: bytes meet them in this order. */
  faults: ReadonlyMap<FaultId, LinkFault>
  /** What is known of policies only while somebody looks at them. */
  watched: ReadonlyMap<ProtocolId, WatchedPolicy>
  /** What the socket doctor remembers of outside programs; `findingsOf` says what it means. */
  examinations: ReadonlyMap<NodeId, Examination>
  /** What can be compared with one another: two to four labs' pools, or none. */
  compare: readonly ComparedSettings[]
  /** The last seconds' figures (metrics/series.ts). */
  metrics: Metrics
  /** What an operator can undo and redo next. */
  history: { undo: Change | null; redo: Change | null }
  /** The marks of the whole session, in order; thinned out if there are very many. */
  marks: readonly Mark[]
  /** Packets that this screen was not sent because it fell behind; the counters include them. */
  notShown: number
  /** The bookmarks of the whole session, in the order in which they were set. */
  bookmarks: ReadonlyMap<BookmarkId, Bookmark>
}

export type { LabEvent }
