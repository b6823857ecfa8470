// The named fields of a snapshot of the state, which is the header of its frame. event-table.ts says how to add a
// field.
import { DEFAULT_SEED } from '../limits'
import type {
  Check,
  CheckResult,
  Connection,
  Decision,
  Failure,
  LogLine,
  Mark,
  NodeState,
  Packet,
  PoolSettings,
  RowState,
  ShadowTally,
  State,
  Totals,
  WatchedPolicy,
} from '../state/state'
import { decisionFields, decisionUpgrade } from './event-table'
import {
  added,
  amount,
  count,
  type Field,
  finite,
  flag,
  listOf,
  oneOf,
  optional,
  or,
  part,
  port,
  positiveCount,
  shape,
  text,
  tupleOf,
  whole,
} from './field'
import {
  breakpoint,
  change,
  checkWay,
  errorCode,
  keysMovedFields,
  linkFields,
  logLevel,
  nodeFields,
  packetKind,
  pieces,
  poolFields,
  rowFields,
  verdict,
} from './shapes'

/**
 * A packet without its bytes, which lie behind the header: first what is delivered, then what was sent. Other bytes may
 * never be added: an older version would not know where those after them begin.
 */
export type PlainPacket = Omit<Packet, 'bytes' | 'original'> & {
  size: number
  originalSize?: number
}

type Entries<M> = M extends ReadonlyMap<infer K, infer V> ? readonly (readonly [K, V])[] : never

/** A state in a frame. */
export interface PlainState
  extends Omit<
    State,
    | 'nodes'
    | 'rows'
    | 'next'
    | 'slots'
    | 'asking'
    | 'given'
    | 'pools'
    | 'places'
    | 'connections'
    | 'inFlight'
    | 'packets'
    | 'packetBytes'
    | 'decisions'
    | 'watched'
    | 'logs'
    | 'breakpoints'
    | 'waiting'
    | 'checks'
  > {
  nodes: Entries<State['nodes']>
  rows: Entries<State['rows']>
  next: Entries<State['next']>
  slots: Entries<State['slots']>
  asking: Entries<State['asking']>
  given: Entries<State['given']>
  pools: Entries<State['pools']>
  places: Entries<State['places']>
  connections: Entries<State['connections']>
  decisions: Entries<State['decisions']>
  watched: Entries<State['watched']>
  logs: Entries<State['logs']>
  breakpoints: Entries<State['breakpoints']>
  waiting: Entries<State['waiting']>
  checks: Entries<State['checks']>
  /** The index of the first of `packets`. */
  firstKept: number
  packets: readonly PlainPacket[]
  /** Those that are not in `packets`. */
  inFlight: readonly PlainPacket[]
}

function pairsOf<K, V>(key: Field<K>, value: Field<V>): Field<readonly (readonly [K, V])[]> {
  return listOf(tupleOf<readonly [K, V]>(key, value))
}

/** The state keeps what comes next by policy. */
const { coming: _, ...keptDecisionFields } = decisionFields
const decision = shape<Decision>(
  'decision',
  { ...keptDecisionFields, candidates: listOf(text), at: amount },
  decisionUpgrade,
)

const packet = shape<PlainPacket>('packet', {
  id: whole,
  exchange: whole,
  kind: packetKind,
  from: text,
  to: text,
  connection: whole,
  sentAt: amount,
  dueAt: amount,
  status: oneOf('packet status', ['flying', 'delivered', 'dropped', 'unknown'], 'unknown'),
  endedAt: optional(amount),
  dropped: optional(errorCode),
  verdict: optional(verdict),
  legAt: amount,
  legFrom: part,
  heldAt: optional(amount),
  held: optional(
    shape<{ breakpoint: number | null; behind: number | null }>('held', {
      breakpoint: or(null, whole),
      behind: or(null, whole),
    }),
  ),
  pieces: optional(pieces),
  decision: optional(decision),
  copyOf: optional(whole),
  size: whole,
  originalSize: optional(whole),
  earlierDecisions: optional(listOf(decision)),
})

const node = shape<NodeState>('node in a state', {
  ...nodeFields,
  sent: count,
  received: count,
  errors: count,
  served: count,
  inFlight: count,
  connections: count,
  lastVerdict: optional(verdict),
  lastSeenAt: optional(amount),
  queued: optional(whole),
})

const failure = shape<Failure>('failure', { at: amount, reason: errorCode, detail: text })

const row = shape<RowState>('row in a state', {
  ...rowFields,
  chosen: count,
  served: count,
  failed: count,
  lastFailure: optional(failure),
  unreadable: optional(count),
  wrongHashes: optional(count),
  lastCheck: optional(
    shape<CheckResult>('check result', { at: amount, passed: flag, detail: text }),
  ),
  inFlight: optional(count),
})

const check = shape<Check>('check', {
  id: whole,
  server: text,
  node: text,
  way: checkWay,
  sentAt: amount,
  dueAt: amount,
})

const connection = shape<Connection>('connection', {
  id: whole,
  from: text,
  to: text,
  fromPort: port,
  toPort: port,
  fromAddress: text,
  toAddress: text,
})

const totals = shape<Totals>('totals', {
  sent: tupleOf<Totals['sent']>(count, count, count, count),
  delivered: count,
  dropped: count,
  exchanges: shape<Totals['exchanges']>('exchanges', {
    begun: count,
    answered: count,
    refused: count,
    lost: count,
  }),
  verdicts: shape<Totals['verdicts']>('verdicts', { correct: count, wrong: count, error: count }),
})

const watchedPolicy = shape<WatchedPolicy>('watched policy', {
  coming: listOf(text),
  tally: optional(
    shape<ShadowTally>('shadow tally', {
      since: amount,
      messages: count,
      elsewhere: listOf(count),
      servers: listOf(text),
      given: listOf(listOf(count)),
    }),
  ),
  keysMoved: optional(
    shape<NonNullable<WatchedPolicy['keysMoved']>>('keys moved', {
      ...keysMovedFields,
      at: amount,
    }),
  ),
})

export const stateShape = shape<PlainState>('state', {
  seq: positiveCount,
  at: amount,
  // Missing in recordings from before scenarios had names.
  scenario: added(or(null, text), null),
  clock: shape<State['clock']>('clock', {
    paused: flag,
    speed: amount,
    lookingBack: optional(flag),
  }),
  ...linkFields,
  proxy: or(
    null,
    shape<NonNullable<State['proxy']>>('proxy', {
      host: text,
      port,
      askedPort: port,
      otherHosts: added(listOf(text), []),
    }),
  ),
  nodes: pairsOf(text, node),
  rows: pairsOf(text, row),
  next: pairsOf(text, or(null, text)),
  connections: pairsOf(whole, connection),
  decisions: pairsOf(text, decision),
  logs: pairsOf(text, listOf(shape<LogLine>('log line', { at: amount, level: logLevel, text }))),
  totals,
  breakpoints: pairsOf(whole, breakpoint),
  marks: listOf(
    shape<Mark>('mark', {
      kind: oneOf('mark kind', ['registration', 'error', 'held', 'down', 'up']),
      at: amount,
      seq: count,
      server: optional(text),
    }),
  ),
  notShown: whole,
  firstPacket: whole,
  firstKept: whole,
  packets: listOf(packet),
  inFlight: listOf(packet),
  seed: added(whole, DEFAULT_SEED),
  pools: added(pairsOf(text, shape<PoolSettings>('pool', poolFields)), []),
  history: added(
    shape<State['history']>('history', { undo: or(null, change), redo: or(null, change) }),
    { undo: null, redo: null },
  ),
  // Missing in recordings from before policies kept their colours: frame.ts numbers the policies in their order.
  slots: added(pairsOf(text, whole), []),
  asking: added(pairsOf(whole, text), []),
  places: added(
    pairsOf(text, shape<{ x: number; y: number }>('place', { x: finite, y: finite })),
    [],
  ),
  waiting: added(pairsOf(text, listOf(whole)), []),
  checks: added(pairsOf(whole, check), []),
  watched: added(pairsOf(text, watchedPolicy), []),
  given: added(pairsOf(whole, text), []),
})
