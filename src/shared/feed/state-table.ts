// The named fields of a snapshot of the state, which is the header of its frame. event-table.ts says how to add a
// field.

import type { ForeignState } from '../foreign-proxy'
import { DEFAULT_SEED } from '../limits'
import type { Mark } from '../state/marks'
import type {
  Check,
  CheckResult,
  Connection,
  Failure,
  LogLine,
  NodeState,
  PoolSettings,
  RowState,
  ShadowTally,
  State,
  Totals,
  WatchedPolicy,
} from '../state/state'
import { byHand } from './by-hand-shape'
import { examination } from './examination-shape'
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
  port,
  positiveCount,
  shape,
  text,
  tupleOf,
  whole,
} from './field'
import { metricsSeries } from './metrics-shapes'
import { decisionShape, type PlainPacket, packetShape } from './packet-shape'
import {
  bookmark,
  breakpoint,
  change,
  checkWay,
  comparedSettings,
  errorCode,
  foreignProxyFields,
  keysMovedFields,
  linkFault,
  linkFields,
  logLevel,
  nodeFields,
  poolFields,
  rowFields,
  seenChoiceFields,
  verdict,
} from './shapes'

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
    | 'metrics'
    | 'logs'
    | 'breakpoints'
    | 'faults'
    | 'waiting'
    | 'checks'
    | 'examinations'
    | 'bookmarks'
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
  metrics: Entries<State['metrics']>
  logs: Entries<State['logs']>
  breakpoints: Entries<State['breakpoints']>
  faults: Entries<State['faults']>
  waiting: Entries<State['waiting']>
  checks: Entries<State['checks']>
  examinations: Entries<State['examinations']>
  bookmarks: Entries<State['bookmarks']>
  /** The index of the first of `packets`. */
  firstKept: number
  packets: readonly PlainPacket[]
  /** Those that are not in `packets`. */
  inFlight: readonly PlainPacket[]
}

function pairsOf<K, V>(key: Field<K>, value: Field<V>): Field<readonly (readonly [K, V])[]> {
  return listOf(tupleOf<readonly [K, V]>(key, value))
}

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
  working: optional(whole),
  waiting: optional(whole),
  sending: optional(flag),
  unsent: optional(whole),
  lateMs: optional(amount),
  wrongHashes: optional(count),
  byHand: optional(byHand),
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
  since: optional(amount),
  misaddressed: optional(count),
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

const foreignState = shape<ForeignState>('foreign proxy in a state', {
  ...foreignProxyFields,
  since: amount,
  seen: count,
  expected: count,
  inTurn: count,
  last: listOf(
    shape<ForeignState['last'][number]>('choice in a state', { ...seenChoiceFields, at: amount }),
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
  decisions: pairsOf(text, decisionShape),
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
  packets: listOf(packetShape),
  inFlight: listOf(packetShape),
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
  metrics: added(pairsOf(text, metricsSeries), []),
  faults: added(pairsOf(whole, linkFault), []),
  compare: added(comparedSettings, []),
  foreign: added(or(null, foreignState), null),
  examinations: added(pairsOf(text, examination), []),
  bookmarks: added(pairsOf(whole, bookmark), []),
})
