// Reduces events to state. Pure: the given state does not change. The cost of a batch depends on what it changes, so that a
// screen can take in a hundred thousand events a second, one batch per frame.
import type { Breakpoint, LabEvent, Node } from '../events'
import { type NodeId, type PacketId, PROXY, type ProtocolId, type SimMs } from '../ids'
import { DEFAULT_SEED, PACKET_HISTORY } from '../limits'
import { areSame, settled } from '../settings/derive'
import { LINK_SETTINGS } from '../settings/link'
import { POOL_SETTINGS } from '../settings/pool'
import { withCheck } from './checks'
import { noteClosed, noteOpened } from './connection-state'
import { decisionIn } from './decision-context'
import { DraftMap } from './draft-map'
import { fieldsOfEvent } from './event-fields'
import { GivenDraft } from './given'
import { withLine } from './log-lines'
import { addMark, healthMark } from './marks'
import { PacketDraft } from './packet-draft'
import { noteAttemptFailure, noteDecision, noteHeld, noteRead, noteReleased } from './packet-notes'
import { PagedList } from './paged-list'
import { withPlaces } from './places'
import { PolicyDraft } from './policies'
import { DEFAULTS } from './pool'
import { changedRow, noteAnswer, noteFailure, noteSeen, noteWrongHash } from './row-state'
import { noteFinished, noteQueued, noteSent } from './sender-state'
import { sentPacketOf } from './sent-packet'
import type {
  Connection,
  LogLine,
  Mark,
  NodeState,
  Packet,
  PoolSettings,
  RowState,
  State,
} from './state'
import { type DraftTotals, draftOfTotals, kindIndex, NO_COUNTS, NO_TOTALS } from './totals'

export const INITIAL_STATE: State = {
  seq: 0,
  at: 0,
  scenario: null,
  seed: DEFAULT_SEED,
  clock: { paused: false, speed: 1 },
  ...settled(LINK_SETTINGS, {}),
  proxy: null,
  nodes: new Map(),
  rows: new Map(),
  next: new Map(),
  slots: new Map(),
  asking: new Map(),
  waiting: new Map(),
  checks: new Map(),
  given: new Map(),
  connections: new Map(),
  inFlight: new Map(),
  packets: PagedList.empty(),
  firstPacket: 0,
  packetBytes: 0,
  pools: new Map(),
  places: new Map(),
  decisions: new Map(),
  watched: new Map(),
  logs: new Map(),
  totals: NO_TOTALS,
  breakpoints: new Map(),
  history: { undo: null, redo: null },
  marks: [],
  notShown: 0,
}

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
  private readonly nodes: DraftMap<NodeId, NodeState>
  private readonly rows: DraftMap<ProtocolId, RowState>
  private readonly connections: DraftMap<number, Connection>
  private readonly pools: DraftMap<ProtocolId, PoolSettings>
  private readonly policies: PolicyDraft
  private readonly given: GivenDraft
  private readonly logs: DraftMap<NodeId, readonly LogLine[]>
  private readonly packets: PacketDraft
  private readonly breakpoints: DraftMap<number, Breakpoint>
  private marks: Mark[] | undefined
  private totals: DraftTotals
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
    this.totals = draftOfTotals(state.totals)
    this.plain = { ...state }
  }

  apply(event: LabEvent): void {
    switch (event.type) {
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
      case 'packet.sent':
        this.packetSent(event)
        return
      case 'messages.queued':
        noteQueued(this.nodes.edit(event.client), event.count)
        return
      case 'packet.held':
        this.packetHeld(event)
        return
      case 'packet.released':
        this.packetReleased(event)
        return
      case 'packet.edited':
        this.packetEdited(event)
        return
      case 'packet.read':
        noteRead(this.packets.edit(event.packet), event)
        return
      case 'breakpoint.set': {
        const { breakpoint } = event
        const following = [...this.breakpoints.keys()].find((id) => id > breakpoint.id)
        this.breakpoints.put(breakpoint.id, breakpoint, following)
        return
      }
      case 'breakpoint.removed':
        this.breakpoints.delete(event.breakpoint)
        return
      case 'packet.delivered':
        this.packetDelivered(event)
        return
      case 'packet.dropped':
        this.packetDropped(event)
        return
      case 'exchange.queued':
        this.policies.queued(event.exchange, event.policy)
        return
      case 'decision.made':
        this.decisionMade(event)
        return
      case 'check.sent':
      case 'check.ended':
        this.plain.checks = withCheck(this.plain.checks, event, this.rows)
        return
      case 'upstream.left':
        this.given.ended(event.exchange)
        return
      case 'upstream.failed':
        this.given.ended(event.exchange)
        noteAttemptFailure(this.packets.edit(event.exchange), event)
        noteFailure(this.rows, this.nodes, this.logs, event)
        return
      case 'answer.verified': {
        this.totals.verdicts[event.verdict]++
        const node = this.nodes.edit(event.node)
        if (node) node.lastVerdict = event.verdict
        const packet = this.packets.edit(event.packet)
        if (packet) packet.verdict = event.verdict
        if (event.verdict === 'wrong') noteWrongHash(this.rows, this.packets.get(event.exchange))
        return
      }
      case 'exchange.finished':
        this.exchangeFinished(event)
        return
      case 'clock.changed':
        this.plain.clock = fieldsOfEvent(event)
        return
      case 'links.changed':
        Object.assign(this.plain, fieldsOfEvent(event))
        return
      case 'log':
        if (this.nodes.get(event.node) === undefined) return
        this.logs.set(event.node, withLine(this.logs.get(event.node), event))
        return
      case 'scenario.reset':
        this.reset()
        return
      case 'scenario.opened':
        this.plain.scenario = event.name
        this.plain.seed = event.seed
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
    this.plain.notShown = 0
    this.plain.checks = new Map()
    for (const id of [...this.nodes.keys()]) {
      const node = this.nodes.edit(id)
      if (node) Object.assign(node, NO_COUNTS)
    }
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

  private packetSent(event: Extract<LabEvent, { type: 'packet.sent' }>): void {
    const packet = sentPacketOf(event)
    this.packets.add(packet)
    this.totals.sent[kindIndex(packet.kind)]++
    if (packet.id === packet.exchange) this.totals.exchanges.begun++
    const from = this.nodes.edit(packet.from)
    noteSent(from, packet)
    const to = this.nodes.edit(packet.to)
    if (to) to.inFlight++
    if (packet.kind === 'error' && packet.from === PROXY) this.mark('error', event)
    // An error answer to bytes that are no question: no exchange counts this error.
    if (packet.kind === 'error' && packet.exchange === 0 && packet.from === PROXY) {
      if (from) from.errors++
      if (to) to.errors++
    }
  }

  private packetHeld(event: Extract<LabEvent, { type: 'packet.held' }>): void {
    const packet = this.packets.editInFlight(event.packet)
    if (packet === undefined) return
    noteHeld(packet, event)
    if (event.breakpoint !== null) this.mark('held', event)
  }

  private packetReleased(event: Extract<LabEvent, { type: 'packet.released' }>): void {
    const packet = this.packets.editInFlight(event.packet)
    if (packet) noteReleased(packet, event)
  }

  private packetEdited(event: Extract<LabEvent, { type: 'packet.edited' }>): void {
    const packet = this.packets.editInFlight(event.packet)
    if (packet === undefined) return
    packet.original ??= packet.bytes
    packet.kind = event.kind
    this.packets.setBytes(packet, event.bytes)
  }

  private mark(kind: Mark['kind'], { at, seq }: LabEvent, of: { server?: ProtocolId } = {}): void {
    this.marks = addMark(this.marks ?? [...this.state.marks], { kind, at, seq, ...of })
  }

  private packetDelivered(event: Extract<LabEvent, { type: 'packet.delivered' }>): void {
    const packet = this.packetEnded(event.packet, 'delivered', event.at)
    if (packet === undefined) return
    this.totals.delivered++
    const to = this.nodes.edit(packet.to)
    if (to) to.received++
    if (packet.kind === 1 && packet.to === PROXY) this.mark('registration', event)
    if (packet.kind !== 0 && packet.to === PROXY) this.given.ended(packet.exchange)
    if (packet.kind !== 2 || packet.to !== PROXY) return
    const server = this.nodes.edit(packet.from)
    if (server === undefined) return
    server.served++
    noteAnswer(this.rows, server)
  }

  private packetDropped(event: Extract<LabEvent, { type: 'packet.dropped' }>): void {
    const packet = this.packetEnded(event.packet, 'dropped', event.at)
    if (packet === undefined) return
    packet.dropped = event.reason
    this.totals.dropped++
  }

  /** Returns a copy of the packet that this batch may change. */
  private packetEnded(
    id: PacketId,
    status: 'delivered' | 'dropped',
    endedAt: SimMs,
  ): Packet | undefined {
    const packet = this.packets.editInFlight(id)
    if (packet === undefined) return undefined
    packet.status = status
    packet.endedAt = endedAt
    packet.held = undefined
    this.packets.ended(packet)
    for (const nodeId of [packet.from, packet.to]) {
      const node = this.nodes.edit(nodeId)
      if (node) node.inFlight--
    }
    // A duplicate of an answered message gets an answer after its exchange has ended.
    if (packet.from === PROXY && packet.kind !== 0) this.policies.ended(packet.exchange)
    return packet
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

  private exchangeFinished(event: Extract<LabEvent, { type: 'exchange.finished' }>): void {
    this.totals.exchanges[event.outcome]++
    this.policies.ended(event.exchange)
    if (event.outcome === 'lost') this.mark('error', event)
    const ends = [this.nodes.edit(event.client), this.nodes.edit(PROXY)]
    noteFinished(event.outcome === 'answered', ends)
  }
}
