// Every kind of event with its fields: the one place from which rows are written, read and checked, and from which a
// recording's head and a screen's first frame name what is in them.
//
// To add a kind of event: its type in events.ts, and an entry at the end of EVENTS. The compiler asks for both.
//
// To add a field to an event, a node, a row of the switching table, …: its type in events.ts (or state.ts), and one line
// at the END of its entry here (or in shapes.ts, state-table.ts):
//   label: optional(text)            if it may be omitted: older files have none
//   attempt: added(whole, 1)         if it is always present: older files show 1
// A field of new bytes comes behind all others of its row. An older version leaves out what it does not know, and says so.
//
// To add a value to a choice (`oneOf`), or a shape to a `variantOf`: write it there. An older version shows what it
// has for unknown ones. If it has nothing for them, it omits the event, or the item of a list, and says so.
//
// To retire a field: remove it, and give `event` (or `shape`) an upgrade that reads it. It then counts as known:
//   'decision.made': event({ exchange: whole, …, reason }, upgrade(
//     { turn: whole, candidates: listOf(text) },
//     ({ turn, candidates }) => ({ reason: { by: 'roundRobin', turn: candidates[turn] ?? '' } }),
//   ))
// The state's decision has the fields and the upgrade of the event. Say in tests/golden/later-fields.ts what an older
// recording shows in its place. A released version cannot read events that lack a field that it needs. It omits
// them if VERSION in recording/format.ts has been increased.
//
// To rename a kind of event: `formerly`, with the name that older files have.
//
// Types and fields that a released version has written never change their meaning: give them a new name.
import type { EventBody, EventType } from '../events'
import { DEFAULT_SEED } from '../limits'
import {
  added,
  amount,
  bytes,
  type FieldsOf,
  flag,
  listOf,
  oneOf,
  optional,
  or,
  part,
  port,
  sharedList,
  text,
  time,
  type Upgrade,
  upgrade,
  whole,
} from './field'
import { groupSeconds } from './metrics-shapes'
import {
  bookmark,
  breakpoint,
  change,
  checkWay,
  comparedSettings,
  errorCode,
  foreignProxy,
  handOutcome,
  harms,
  keysMovedFields,
  linkFault,
  linkFields,
  logLevel,
  node,
  nodePlace,
  others,
  packetKind,
  passedOver,
  pieces,
  poolFields,
  reason,
  row,
  seenChoiceFields,
  skipped,
  socketFact,
  verdict,
} from './shapes'

type FieldsOfEvent<T extends EventType> = FieldsOf<Omit<Extract<EventBody, { type: T }>, 'type'>>

interface EventEntry<T extends EventType> {
  readonly fields: FieldsOfEvent<T>
  readonly upgrade?: Upgrade<Extract<EventBody, { type: T }>> | undefined
  /** The name that the event had in older versions. */
  readonly formerly?: string
}

function event<F, T>(fields: F, upgrade?: Upgrade<T>): { fields: F; upgrade?: Upgrade<T> } {
  return upgrade === undefined ? { fields } : { fields, upgrade }
}

/**
 * The kinds of events in the order of their numbers, each with its fields in the order of a row, after the number and
 * the time.
 */
export const EVENTS = {
  'packet.sent': event({
    packet: whole,
    exchange: whole,
    kind: packetKind,
    from: text,
    to: text,
    connection: whole,
    dueAt: time,
    bytes,
    copyOf: or(null, whole),
  }),
  'packet.delivered': event({ packet: whole }),
  'packet.dropped': event({ packet: whole, reason: errorCode }),
  'packet.held': event({
    packet: whole,
    breakpoint: or(null, whole),
    behind: or(null, whole),
    progress: part,
  }),
  'packet.released': event({ packet: whole, dueAt: time }),
  'packet.edited': event({ packet: whole, kind: packetKind, bytes }),
  'packet.read': event({ packet: whole, pieces }),
  'breakpoint.set': event({ breakpoint }),
  'breakpoint.removed': event({ breakpoint: whole }),
  'decision.made': event(
    {
      exchange: whole,
      policy: text,
      server: or(null, text),
      candidates: sharedList,
      next: or(null, text),
      attempt: added(whole, 1),
      algorithm: added(poolFields.algorithm, 'round-robin'),
      passedOver,
      reason: or(null, reason),
      waitedMs: optional(amount),
      coming: optional(listOf(text)),
      others: optional(others),
      panic: optional(flag),
      healthy: optional(whole),
      of: optional(whole),
    },
    upgrade(
      { server: or(null, text), candidates: listOf(text), turn: whole, skipped },
      ({ server, candidates, turn, skipped }) => ({
        passedOver: skipped.map(({ server, reason }) => ({ server, why: reason })),
        reason: server === null ? null : { by: 'round-robin', turn: candidates[turn] ?? server },
      }),
    ),
  ),
  'upstream.failed': event({
    exchange: whole,
    server: text,
    reason: errorCode,
    detail: added(text, ''),
  }),
  'answer.verified': event({ exchange: whole, packet: whole, node: text, verdict }),
  'exchange.finished': event({
    exchange: whole,
    client: text,
    outcome: oneOf('outcome', ['answered', 'refused', 'lost']),
    server: or(null, text),
    reason: or(null, errorCode),
  }),
  'connection.opened': event({
    connection: whole,
    from: text,
    to: text,
    fromPort: port,
    toPort: port,
    fromAddress: text,
    toAddress: text,
  }),
  'connection.closed': event({ connection: whole, node: text }),
  'proxy.listening': event({
    host: text,
    port,
    askedPort: port,
    otherHosts: added(listOf(text), []),
  }),
  'node.added': event({ node, before: optional(text) }),
  'node.changed': event({ node }),
  'node.removed': event({ id: text }),
  'row.set': event({ row, before: optional(text) }),
  'row.removed': event({ server: text }),
  'policy.next': event({
    policy: text,
    server: or(null, text),
    coming: optional(listOf(text)),
  }),
  'clock.changed': event({ paused: flag, speed: amount, lookingBack: optional(flag) }),
  'links.changed': { fields: linkFields, formerly: 'latency.changed' },
  log: event({ node: text, level: logLevel, text }),
  'scenario.reset': event({}),
  'scenario.opened': event({ name: text, seed: added(whole, DEFAULT_SEED) }),
  'event.unknown': event({ name: text }),
  'pool.changed': event({ policy: text, ...poolFields }),
  'history.changed': event({ undo: or(null, change), redo: or(null, change) }),
  'nodes.placed': event({ places: listOf(nodePlace), forgotten: listOf(text) }),
  'messages.queued': event({ client: text, count: whole }),
  'exchange.queued': event({ exchange: whole, policy: text, position: whole }),
  'check.sent': event({ check: whole, server: text, node: text, way: checkWay, dueAt: time }),
  'check.ended': event({ check: whole, passed: flag, detail: text }),
  'keys.moved': event({ policy: text, ...keysMovedFields }),
  'upstream.left': event({ exchange: whole, server: text }),
  'work.changed': event({ node: text, working: whole, waiting: whole }),
  'traffic.changed': event({ client: text, running: flag, unsent: whole }),
  'message.late': event({ exchange: whole, lateMs: amount }),
  'metrics.second': event({ second: whole, groups: groupSeconds }),
  'fault.set': event({ fault: linkFault }),
  'fault.removed': event({ fault: whole }),
  'packet.harmed': event({ packet: whole, harms }),
  'compare.changed': event({ compare: comparedSettings }),
  'packet.hastened': event({ packet: whole, dueAt: time, harms }),
  'answer.misaddressed': event({ exchange: whole, server: text }),
  'queue.left': event({ exchange: whole, policy: text }),
  'proxy.swapped': event({ proxy: foreignProxy }),
  'proxy.returned': event({ why: text }),
  'choice.seen': event(seenChoiceFields),
  'socket.noted': event({
    node: text,
    what: socketFact,
    connection: optional(whole),
    written: optional(whole),
    read: optional(whole),
    ended: optional(flag),
    idleMs: optional(whole),
    hasEnded: optional(flag),
    address: optional(text),
    port: optional(port),
    hex: optional(text),
    size: optional(whole),
  }),
  'bookmark.set': event({ bookmark }),
  'bookmark.removed': event({ bookmark: whole }),
  'answer.awaited': event({ node: text, exchange: whole, client: text, payload: text, hash: text }),
  'answer.ended': event({ node: text, exchange: whole, outcome: handOutcome }),
  'packet.carried': event({
    packet: whole,
    exchange: whole,
    kind: packetKind,
    from: text,
    to: text,
    connection: whole,
    bytes,
    pieces: optional(pieces),
  }),
} satisfies { readonly [T in EventType]: EventEntry<T> }

/** The fields of a decision, for the state that keeps it. */
export const { fields: decisionFields, upgrade: decisionUpgrade }: EventEntry<'decision.made'> =
  EVENTS['decision.made']
