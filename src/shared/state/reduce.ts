// Reduces events to state. Pure: the given state does not change. The cost of a batch depends on what it changes, so that a
// screen can take in a hundred thousand events a second, one batch per frame.
import type { Breakpoint, LabEvent, Node } from '../events'
import type { NodeId, ProtocolId } from '../ids'
import { PACKET_HISTORY } from '../limits'
import { MetricsDraft } from '../metrics/draft'
import { areSame } from '../settings/derive'
import { POOL_SETTINGS } from '../settings/pool'
import { noteOnAnswer } from './answer-state'
import { withBookmark } from './bookmarks'
import { noteBreakpoint } from './breakpoints'
import { withCheck } from './checks'
import { noteClosed, noteOpened } from './connection-state'
import { decisionIn } from './decision-context'
import { DraftMap } from './draft-map'
import { fieldsOfEvent } from './event-fields'
import { ExaminationsDraft } from './examinations'
import { noteExchangeFinished } from './exchange-end'
import { withFault } from './faults'
import { withForeign } from './foreign'
import { GivenDraft } from './given'
import { noteLine } from './log-lines'
import { addMark, healthMark, type Mark } from './marks'
import { PacketDraft } from './packet-draft'
import {
  notePacketCarried,
  notePacketDelivered,
  notePacketDropped,
  notePacketHeld,
  notePacketSent,
} from './packet-moves'
import { noteAttemptFailure, noteDecision, noteOnLink } from './packet-notes'
import { withPlaces } from './places'
import { PolicyDraft } from './policies'
import { DEFAULTS } from './pool'
import { changedRow, noteFailure, noteSeen } from './row-state'
import { noteLate, noteToDo } from './sender-state'
import type { Connection, LogLine, NodeState, PoolSettings, RowState, State } from './state'
import { type DraftTotals, draftOfTotals, NO_COUNTS, NO_TOTALS } from './totals'

export { INITIAL_STATE } from './initial-state'

/**
 * Returns the state after these events, which must follow the given state (`events[0].seq === state.seq + 1`).
 * `packetHistory`: how many packets are kept. Counters include the others.
 */
export function reduce(
  state: State,
  events: readonly LabEvent[],
  packetHistory = PACKET_HISTORY,
): State {
  const last = events.at(-1)
  if (last === undefined) return state
  const draft = new Draft(state, packetHistory)
  for (const event of events) draft.apply(event)
  return draft.done(last)
}

class Draft {
  readonly nodes: DraftMap<NodeId, NodeState>
  readonly rows: DraftMap<ProtocolId, RowState>
  readonly connections: DraftMap<number, Connection>
  private readonly pools: DraftMap<ProtocolId, PoolSettings>
  readonly policies: PolicyDraft
  readonly given: GivenDraft
  private readonly logs: DraftMap<NodeId, readonly LogLine[]>
  readonly packets: PacketDraft
  private readonly breakpoints: DraftMap<number, Breakpoint>
  private marks: Mark[] | undefined
  private readonly metrics: MetricsDraft
  readonly examinations: ExaminationsDraft
  totals: DraftTotals
  /** Its other parts are replaced as a whole. */
  private readonly plain: State

  constructor(
    private readonly state: State,
    packetHistory: number,
  ) {
    this.nodes = new DraftMap(state.nodes)
    this.rows = new DraftMap(state.rows)
    this.connections = new DraftMap(state.connections)
    this.pools = new DraftMap(state.pools)
    this.logs = new DraftMap(state.logs)
    this.breakpoints = new DraftMap(state.breakpoints)
    this.given = new GivenDraft(state.given, this.rows)
    this.policies = new PolicyDraft(state, {
      nodes: () => this.nodes.values(),
      rows: () => this.rows.values(),
    })
    this.packets = new PacketDraft(state, packetHistory)
    this.metrics = new MetricsDraft(state.metrics)
    this.totals = draftOfTotals(state.totals)
    this.plain = { ...state }
    this.examinations = new ExaminationsDraft(state.examinations, this, () => this.plain)
  }

  apply(event: LabEvent): void {
    // The most frequent first: the cases are compared one after another.
    switch (event.type) {
      case 'packet.carried':
        notePacketCarried(this, event)
        return
      case 'decision.made':
        this.decisionMade(event)
        return
      case 'answer.verified':
      case 'answer.misaddressed':
        noteOnAnswer(this, event)
        this.examinations.answered(event)
        return
      case 'exchange.finished':
        noteExchangeFinished(this, event, this.plain.foreign !== null)
        return
      case 'packet.sent':
        notePacketSent(this, event)
        return
      case 'packet.delivered':
        notePacketDelivered(this, event)
        return
      case 'proxy.listening':
        this.plain.proxy = fieldsOfEvent(event)
        return
      case 'node.added':
        this.nodeAdded(event)
        return
      case 'node.changed':
        this.nodeChanged(event.node)
        return
      case 'node.removed':
        this.nodeRemoved(event.id)
        return
      case 'connection.opened':
        noteOpened(this.connections, this.nodes, event)
        this.examinations.opened(event)
        return
      case 'connection.closed':
        for (const { policy } of noteClosed(this.connections, this.nodes, event)) {
          this.policies.left(policy)
        }
        return
      case 'row.set':
        this.rowSet(event)
        return
      case 'row.removed':
        this.rowRemoved(event.server)
        return
      case 'pool.changed':
        this.poolChanged(event)
        return
      case 'nodes.placed':
        this.plain.places = withPlaces(this.plain.places, event)
        return
      case 'policy.next':
        this.policies.setNext(event.policy, event.server, event.coming)
        return
      case 'keys.moved':
        this.policies.keysMoved({ ...fieldsOfEvent(event), at: event.at })
        return
      case 'messages.queued':
      case 'work.changed':
      case 'traffic.changed':
      case 'answer.awaited':
      case 'answer.ended':
        noteToDo(this.nodes, event)
        return
      case 'message.late':
        noteLate(this.nodes, this.packets.get(event.exchange), event.lateMs)
        return
      case 'packet.held':
        notePacketHeld(this, event)
        return
      case 'packet.edited':
        this.packets.replaceBytes(event)
        this.examinations.changed(this.packets.get(event.packet))
        return
      case 'packet.released':
      case 'packet.read':
      case 'packet.harmed':
      case 'packet.hastened': {
        const packet = this.packets.edit(event.packet)
        noteOnLink(packet, event)
        this.examinations.onLink(packet, event)
        return
      }
      case 'breakpoint.set':
      case 'breakpoint.removed':
        noteBreakpoint(this.breakpoints, event)
        return
      case 'fault.set':
      case 'fault.removed':
        this.plain.faults = withFault(this.plain.faults, event)
        return
      case 'bookmark.set':
      case 'bookmark.removed':
        this.plain.bookmarks = withBookmark(this.plain.bookmarks, event)
        return
      case 'packet.dropped':
        notePacketDropped(this, event)
        return
      case 'exchange.queued':
      case 'queue.left':
        this.policies.queue(event)
        return
      case 'proxy.swapped':
      case 'proxy.returned':
      case 'choice.seen':
        this.plain.foreign = withForeign(this.plain.foreign, event, this)
        return
      case 'check.sent':
      case 'check.ended':
        this.plain.checks = withCheck(this.plain.checks, event, this.rows)
        return
      case 'upstream.left':
      case 'upstream.failed':
        if (event.type === 'upstream.failed') this.examinations.failed(event)
        this.given.ended(event.exchange)
        if (event.type === 'upstream.left') return
        noteAttemptFailure(this.packets.edit(event.exchange), event)
        noteFailure(this.rows, this.nodes, this.logs, event)
        return
      case 'socket.noted':
        this.examinations.noted(event)
        return
      case 'clock.changed':
        this.plain.clock = fieldsOfEvent(event)
        this.examinations.clockChanged()
        return
      case 'links.changed':
      case 'compare.changed':
        Object.assign(this.plain, fieldsOfEvent(event))
        return
      case 'log':
        if (this.nodes.get(event.node)) noteLine(this.logs, event)
        return
      case 'scenario.reset':
        this.reset()
        return
      case 'scenario.opened':
        Object.assign(this.plain, { scenario: event.name, seed: event.seed })
        return
      case 'metrics.second':
        this.metrics.add(event.second, event.groups)
        return
      case 'history.changed':
        this.plain.history = { undo: event.undo, redo: event.redo }
        return
    }
  }

  done(last: LabEvent): State {
    return {
      ...this.plain,
      seq: last.seq,
      at: last.at,
      nodes: this.nodes.done(),
      rows: this.rows.done(),
      ...this.policies.done(),
      given: this.given.done(),
      pools: this.pools.done(),
      connections: this.connections.done(),
      ...this.packets.done(),
      logs: this.logs.done(),
      totals: this.totals,
      breakpoints: this.breakpoints.done(),
      marks: this.marks ?? this.state.marks,
      metrics: this.metrics.done(),
      examinations: this.examinations.done(),
    }
  }

  /** Nodes and connections stay until their own end events; packets in flight are dropped without one. */
  private reset(): void {
    this.rows.clear()
    this.policies.clear()
    this.given.clear()
    this.pools.clear()
    this.logs.clear()
    this.packets.clear()
    this.totals = draftOfTotals(NO_TOTALS)
    this.metrics.clear()
    this.examinations.clear()
    Object.assign(this.plain, { notShown: 0, checks: new Map(), compare: [] })
    for (const id of [...this.nodes.keys()]) Object.assign(this.nodes.edit(id) ?? {}, NO_COUNTS)
  }

  /** A node that returns under the same id takes over its open connections and packets in flight: their end events follow. */
  private nodeAdded({ node, before, at }: Extract<LabEvent, { type: 'node.added' }>): void {
    const isEnd = ({ from, to }: { from: NodeId; to: NodeId }) => from === node.id || to === node.id
    const current = this.nodes.get(node.id)
    const added = {
      ...node,
      ...NO_COUNTS,
      inFlight: this.packets.inFlight().filter(isEnd).length,
      connections: [...this.connections.values()].filter(isEnd).length,
    }
    this.nodes.put(node.id, added, before)
    noteSeen(this.nodes.edit(node.id), at)
    this.policies.nodeSet(node, current)
  }

  private nodeChanged(node: Node): void {
    const current = this.nodes.get(node.id)
    if (current === undefined) return
    this.nodes.set(node.id, { ...current, ...node })
    this.policies.nodeSet(node, current)
  }

  private nodeRemoved(id: NodeId): void {
    const policy = this.nodes.get(id)?.policy
    this.nodes.delete(id)
    this.logs.delete(id)
    this.examinations.forget(id)
    this.policies.left(policy)
  }

  private rowSet(event: Extract<LabEvent, { type: 'row.set' }>): void {
    const { row, before } = event
    const known = this.rows.get(row.server)
    const mark = healthMark(known, row)
    this.rows.put(row.server, changedRow(known, row, event.at), before)
    if (mark) this.mark(mark, event, { server: row.server })
    this.policies.appears(row.policy)
    if (known?.policy !== row.policy) this.policies.left(known?.policy)
  }

  private rowRemoved(server: ProtocolId): void {
    const policy = this.rows.get(server)?.policy
    this.given.rowRemoved(server)
    this.rows.delete(server)
    this.policies.left(policy)
  }

  private poolChanged(event: Extract<LabEvent, { type: 'pool.changed' }>): void {
    const { policy, ...settings } = fieldsOfEvent(event)
    this.policies.poolChanged(policy, this.pools.get(policy) ?? DEFAULTS, settings)
    if (areSame(POOL_SETTINGS, settings, DEFAULTS)) this.pools.delete(policy)
    else this.pools.set(policy, settings)
  }

  mark(kind: Mark['kind'], { at, seq }: LabEvent, of: { server?: ProtocolId } = {}): void {
    this.marks = addMark(this.marks ?? [...this.state.marks], { kind, at, seq, ...of })
  }

  private decisionMade(event: Extract<LabEvent, { type: 'decision.made' }>): void {
    const question = this.packets.edit(event.exchange)
    const decision = decisionIn(event, question, this.rows, this.nodes, this.pools)
    this.policies.decided(decision, event.coming)
    this.given.decided(event.exchange, event.server)
    if (question) noteDecision(question, decision)
    const row = event.server === null ? undefined : this.rows.edit(event.server)
    if (row) row.chosen++
  }
}
