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
  readonly client: NodeId
  readonly connection: ConnectionId
  policy: ProtocolId | undefined
  machineMs: SimMs
  /** Since when the proxy connects to a server for it. */
  connectsSince: SimMs | undefined
}

interface Moving {
  readonly open: Open
  readonly isQuestion: boolean
  readonly to: NodeId
  /** When its link lets it go; undefined: a person or a fault decides. */
  dueAt: SimMs | undefined
}

/** A message that was answered. */
interface Timed {
  readonly at: SimMs
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
  private readonly waiting = new Map<NodeId, number>()
  /** The message that a server has read last, and how late. */
  private lastRead:
    | { readonly open: Open; readonly node: NodeId; readonly lateMs: SimMs }
    | undefined
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
        this.worked(event)
        return
      case 'exchange.finished':
        this.finished(event)
        return
      case 'scenario.reset':
        for (const known of [this.open, this.moving, this.outstanding, this.waiting]) known.clear()
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

  private sent({ packet, exchange, from, to, kind, connection, at, dueAt }: Of<'packet.sent'>) {
    if (packet === exchange) {
      const begun = { policy: undefined, machineMs: 0, connectsSince: undefined }
      this.open.set(exchange, { client: from, connection, ...begun })
      this.outstanding.set(connection, (this.outstanding.get(connection) ?? 0) + 1)
    }
    const open = this.open.get(exchange)
    if (open === undefined) return
    const isQuestion = kind === 0
    if (from === PROXY && isQuestion) this.connected(open, at)
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
    // Of a connection, the proxy reads no more than so many at once: the others wait in it, as in a queue.
    const isBacklog =
      isQuestion && to === PROXY && (this.outstanding.get(open.connection) ?? 0) > MAX_OUTSTANDING
    const lateMs = isBacklog ? 0 : at - dueAt
    open.machineMs += lateMs
    if (isQuestion && to !== PROXY) this.lastRead = { open, node: to, lateMs }
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

  /** Where a message has to wait for others, it makes no difference how late it was read. */
  private worked({ node, waiting }: Of<'work.changed'>): void {
    const hasToWait = waiting > (this.waiting.get(node) ?? 0)
    this.waiting.set(node, waiting)
    if (hasToWait && this.lastRead?.node === node) {
      const { open, lateMs } = this.lastRead
      open.machineMs -= lateMs
      this.lastRead = undefined
    }
  }

  private finished({ exchange, outcome, server, at }: Of<'exchange.finished'>): void {
    const open = this.open.get(exchange)
    if (open === undefined) return
    const { machineMs, client, policy, connection } = open
    this.open.delete(exchange)
    const left = (this.outstanding.get(connection) ?? 0) - 1
    if (left > 0) this.outstanding.set(connection, left)
    else this.outstanding.delete(connection)
    if (outcome === 'answered') this.timed.push({ at, machineMs, client, policy, server })
  }
}
