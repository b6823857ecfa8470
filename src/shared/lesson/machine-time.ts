// How much of the messages' time is the machine's own: how late packets are read after their links have let them go, and how long
// it takes to connect to a server. In a lab in memory that is nothing; on a busy machine it can be more than the lab itself takes,
// and nobody can predict it.
import type { LabEvent } from '../events'
import {
  type ConnectionId,
  type ExchangeId,
  type NodeId,
  type PacketId,
  PROXY,
  type ProtocolId,
  type SimMs,
} from '../ids'
import { MAX_OUTSTANDING } from '../limits'

type Of<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>

/** A message that has not ended. */
interface Open {
  readonly sentAt: SimMs
  readonly client: NodeId
  readonly connection: ConnectionId
  policy: ProtocolId | undefined
  machineMs: SimMs
  /** Since when the proxy connects to a server for it. */
  connectsSince: SimMs | undefined
  /** When its server has read it; undefined again once the server has answered. */
  readAt: SimMs | undefined
}

interface Moving {
  readonly open: Open
  readonly isQuestion: boolean
  readonly to: NodeId
  /** When its link lets it go; undefined: a person or a fault decides. */
  dueAt: SimMs | undefined
}

/** A message that was answered. */
export interface Timed {
  readonly at: SimMs
  readonly wholeMs: SimMs
  readonly machineMs: SimMs
  readonly client: NodeId
  readonly policy: ProtocolId | undefined
  readonly server: ProtocolId | null
}

export class MachineTime {
  private readonly open = new Map<ExchangeId, Open>()
  private readonly moving = new Map<PacketId, Moving>()
  /** How many open messages each connection of a client has. */
  private readonly outstanding = new Map<ConnectionId, number>()
  /** When each server was done with its last message, and when it would have been without the machine. */
  private readonly done = new Map<
    NodeId,
    { readonly at: SimMs; readonly withoutAt: SimMs } | 'several'
  >()
  private timed: Timed[] = []

  apply(event: LabEvent): void {
    switch (event.type) {
      case 'packet.sent':
        this.sent(event)
        return
      case 'packet.hastened':
      case 'packet.released':
        this.setDue(event.packet, event.dueAt)
        return
      case 'packet.held':
      case 'packet.harmed':
        this.setDue(event.packet, undefined)
        return
      case 'packet.delivered':
        this.delivered(event)
        return
      case 'packet.dropped':
        this.moving.delete(event.packet)
        return
      case 'decision.made':
        this.decided(event)
        return
      case 'upstream.failed':
      case 'upstream.left':
        this.connected(this.open.get(event.exchange), undefined)
        return
      case 'work.changed':
        // Which message waits for which cannot be seen there.
        if (event.working > 1) this.done.set(event.node, 'several')
        return
      case 'exchange.finished':
        this.finished(event)
        return
      case 'scenario.reset':
        for (const known of [this.open, this.moving, this.outstanding, this.done]) known.clear()
        this.timed = []
    }
  }

  /** Forgets messages that were answered before this time. */
  forgetBefore(at: SimMs): void {
    const kept = this.timed.findIndex((timed) => timed.at >= at)
    this.timed = kept === -1 ? [] : this.timed.slice(kept)
  }

  /** The mean of the answered messages of this kind; 0 without any. */
  meanMs(isOfKind: (timed: Timed) => boolean): SimMs {
    const found = this.timed.filter(isOfKind)
    return found.reduce((sum, { machineMs }) => sum + machineMs, 0) / Math.max(1, found.length)
  }

  /** What it adds to this percentile of the messages of this kind. */
  addedTo(share: number, isOfKind: (timed: Timed) => boolean): SimMs {
    const found = this.timed.filter(isOfKind)
    const all = found.map(({ wholeMs }) => wholeMs)
    const without = found.map(({ wholeMs, machineMs }) => wholeMs - machineMs)
    return rankedAt(all, share) - rankedAt(without, share)
  }

  private sent({ packet, exchange, from, to, kind, connection, at, dueAt }: Of<'packet.sent'>) {
    if (packet === exchange) {
      this.open.set(exchange, {
        sentAt: at,
        client: from,
        connection,
        machineMs: 0,
        policy: undefined,
        connectsSince: undefined,
        readAt: undefined,
      })
      this.outstanding.set(connection, (this.outstanding.get(connection) ?? 0) + 1)
    }
    const open = this.open.get(exchange)
    if (open === undefined) return
    const isQuestion = kind === 0
    if (from === PROXY && isQuestion) this.connected(open, at)
    if (from !== PROXY && from !== open.client) this.answered(open, from, at)
    this.moving.set(packet, { open, isQuestion, to, dueAt })
  }

  private setDue(packet: PacketId, dueAt: SimMs | undefined): void {
    const moved = this.moving.get(packet)
    if (moved !== undefined) moved.dueAt = dueAt
  }

  private delivered({ packet, at }: Of<'packet.delivered'>): void {
    const moved = this.moving.get(packet)
    this.moving.delete(packet)
    if (moved?.dueAt === undefined) return
    const { open, isQuestion, to, dueAt } = moved
    // The proxy stops reading a connection with MAX_OUTSTANDING unanswered messages: further ones wait in it, as in a queue.
    const isBacklog =
      isQuestion && to === PROXY && (this.outstanding.get(open.connection) ?? 0) > MAX_OUTSTANDING
    const toServer = isQuestion && to !== PROXY
    if (toServer && this.done.get(to) === 'several') return
    if (!isBacklog) open.machineMs += at - dueAt
    if (toServer) open.readAt = at
  }

  private decided({ exchange, policy, at }: Of<'decision.made'>): void {
    const open = this.open.get(exchange)
    if (open === undefined) return
    open.policy = policy
    open.connectsSince = at
  }

  /** `at`: the message is on its way; undefined: it does not get there. */
  private connected(open: Open | undefined, at: SimMs | undefined): void {
    if (open?.connectsSince === undefined) return
    if (at !== undefined) open.machineMs += at - open.connectsSince
    open.connectsSince = undefined
  }

  /**
   * A server that works on one message after the other: without the machine, each would have come earlier, and would have begun when
   * the one before it would have been done.
   */
  private answered(open: Open, node: NodeId, at: SimMs): void {
    const { readAt } = open
    if (readAt === undefined) return
    open.readAt = undefined
    const before = this.done.get(node)
    if (before === 'several') return
    const workMs = at - Math.max(readAt, before?.at ?? 0)
    const withoutAt = Math.max(readAt - open.machineMs, before?.withoutAt ?? 0) + workMs
    open.machineMs = at - withoutAt
    this.done.set(node, { at, withoutAt })
  }

  private finished({ exchange, outcome, server, at }: Of<'exchange.finished'>): void {
    const open = this.open.get(exchange)
    if (open === undefined) return
    const { sentAt, machineMs, client, policy, connection } = open
    this.open.delete(exchange)
    const left = (this.outstanding.get(connection) ?? 0) - 1
    if (left > 0) this.outstanding.set(connection, left)
    else this.outstanding.delete(connection)
    if (outcome !== 'answered') return
    this.timed.push({ at, wholeMs: at - sentAt, machineMs, client, policy, server })
  }
}

function rankedAt(times: readonly SimMs[], share: number): SimMs {
  const sorted = times.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
