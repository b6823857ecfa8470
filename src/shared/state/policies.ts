// The policies that are in use, while a batch of events is applied. A policy appears with its first server, or with the
// first message that asks for it. It goes when nobody uses it any more: no server, no row of the switching table, no
// client that asks for it by default, and no exchange in progress.
import type { KeysMoved } from '../decision/others'
import type { LabEvent, Node } from '../events'
import type { ExchangeId, ProtocolId, SimMs } from '../ids'
import { MAX_UNSERVED_POLICIES } from '../limits'
import { choosesAnew } from '../settings/pool'
import { DraftMap } from './draft-map'
import { PlainDraft } from './plain-draft'
import type { Decision, NodeState, PoolSettings, RowState, State } from './state'
import { WaitingDraft } from './waiting'
import { WatchedDraft } from './watched'

type PolicyParts = Pick<State, 'next' | 'slots' | 'asking' | 'waiting' | 'decisions' | 'watched'>

/** Who can use a policy, as the batch has left it so far. */
interface Users {
  nodes(): Iterable<NodeState>
  rows(): Iterable<RowState>
}

export class PolicyDraft {
  private readonly next: PlainDraft<ProtocolId, ProtocolId | null>
  private readonly slots: PlainDraft<ProtocolId, number>
  private readonly asking: PlainDraft<ExchangeId, ProtocolId>
  private readonly waiting: WaitingDraft
  private readonly decisions: DraftMap<ProtocolId, Decision>
  private readonly watched: WatchedDraft

  constructor(
    state: PolicyParts,
    private readonly users: Users,
  ) {
    this.next = new PlainDraft(state.next)
    this.slots = new PlainDraft(state.slots)
    this.asking = new PlainDraft(state.asking)
    this.waiting = new WaitingDraft(state.waiting)
    this.decisions = new DraftMap(state.decisions)
    this.watched = new WatchedDraft(state)
  }

  /** Somebody serves the policy or asks for it. */
  appears(policy: ProtocolId): void {
    if (this.next.map.has(policy)) return
    this.next.edit().set(policy, null)
    this.slots.edit().set(policy, leastFree(this.slots.map))
    this.limitUnserved()
  }

  /** A node is new, or has changed. */
  nodeSet({ role, policy }: Node, before: Node | undefined): void {
    if (role === 'server' && policy !== undefined) this.appears(policy)
    if (before?.policy !== policy) this.left(before?.policy)
  }

  /** A server of the policy is next. Null is no reason to appear. */
  setNext(
    policy: ProtocolId,
    server: ProtocolId | null,
    coming: readonly ProtocolId[] | undefined,
  ): void {
    if (server !== null) this.appears(policy)
    const before = this.next.map.get(policy)
    if (before === undefined) return
    this.watched.setComing(policy, coming)
    if (before === server) return
    this.next.edit().set(policy, server)
    if (server === null) this.left(policy)
  }

  queue({ type, exchange, policy }: Extract<LabEvent, { type: 'exchange.queued' | 'queue.left' }>) {
    if (type === 'queue.left') return this.ended(exchange)
    this.waiting.add(exchange, policy)
    this.asks(exchange, policy)
  }

  decided(decision: Decision, coming: readonly ProtocolId[] | undefined): void {
    const { exchange, policy, next, waitedMs } = decision
    // A client may have left without the proxy's knowledge, so that its exchange is finished already.
    const isFinished = waitedMs !== undefined && !this.waiting.remove(exchange)
    if (!isFinished) this.asks(exchange, policy)
    if (!this.next.map.has(policy)) return
    this.decisions.set(policy, decision)
    this.watched.decided(decision)
    this.setNext(policy, next, coming)
  }

  poolChanged(policy: ProtocolId, before: PoolSettings, after: PoolSettings): void {
    if (choosesAnew(before, after)) this.watched.begunAnew(policy)
  }

  keysMoved({ policy, ...moved }: KeysMoved & { policy: ProtocolId; at: SimMs }): void {
    if (this.next.map.has(policy)) this.watched.keysMoved(policy, moved)
  }

  private asks(exchange: ExchangeId, policy: ProtocolId): void {
    const before = this.asking.map.get(exchange)
    this.asking.edit().set(exchange, policy)
    this.appears(policy)
    if (before !== policy) this.left(before)
  }

  /** The exchange has ended, or its client has an answer. */
  ended(exchange: ExchangeId): void {
    this.waiting.remove(exchange)
    const policy = this.asking.map.get(exchange)
    if (policy === undefined) return
    this.asking.edit().delete(exchange)
    this.left(policy)
  }

  /** Somebody has stopped using this policy, who may have been the last. */
  left(policy: ProtocolId | undefined): void {
    if (policy === undefined || this.next.map.get(policy) !== null || this.isUsed(policy)) return
    this.forget(policy)
  }

  /** As after a reset: nobody has asked for anything yet. */
  clear(): void {
    this.next.edit().clear()
    this.slots.edit().clear()
    this.asking.edit().clear()
    this.waiting.clear()
    this.decisions.clear()
    this.watched.clear()
    for (const policy of this.served()) this.appears(policy)
  }

  done(): PolicyParts {
    return {
      next: this.next.map,
      slots: this.slots.map,
      asking: this.asking.map,
      waiting: this.waiting.done(),
      decisions: this.decisions.done(),
      watched: this.watched.done(),
    }
  }

  private isUsed(policy: ProtocolId): boolean {
    for (const row of this.users.rows()) if (row.policy === policy) return true
    for (const node of this.users.nodes()) if (node.policy === policy && !hasLeft(node)) return true
    for (const asked of this.asking.map.values()) if (asked === policy) return true
    return false
  }

  private served(): ReadonlySet<ProtocolId> {
    const served = new Set<ProtocolId>()
    for (const { policy } of this.users.rows()) served.add(policy)
    for (const { role, policy } of this.users.nodes()) {
      if (role === 'server' && policy !== undefined) served.add(policy)
    }
    return served
  }

  /** The newest go first: a program that asks for policies without end must not displace what others have asked for. */
  private limitUnserved(): void {
    const { map } = this.next
    if (map.size <= MAX_UNSERVED_POLICIES) return
    const served = this.served()
    const unserved = [...map.keys()].filter((policy) => !served.has(policy))
    for (const policy of unserved.slice(MAX_UNSERVED_POLICIES)) this.forget(policy)
  }

  private forget(policy: ProtocolId): void {
    this.next.edit().delete(policy)
    this.slots.edit().delete(policy)
    this.decisions.delete(policy)
    this.watched.forget(policy)
  }
}

/** An outside program without a connection has left; its node stays on the graph. */
function hasLeft({ role, origin, connections }: NodeState): boolean {
  return role !== 'server' && origin === 'outside' && connections === 0
}

function leastFree(slots: ReadonlyMap<ProtocolId, number>): number {
  const taken = new Set(slots.values())
  let slot = 0
  while (taken.has(slot)) slot++
  return slot
}
