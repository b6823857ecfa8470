// Counts events by second: pure, so that the same events always give the same seconds. It keeps what it needs of each exchange
// and packet until its end.
import type { Sending } from '../carried'
import { ChurningMap } from '../churning-map'
import type { LabEvent } from '../events'
import { type ExchangeId, type NodeId, PROXY, type ProtocolId, type SimMs } from '../ids'
import type { ErrorCode } from '../protocol/errors'
import { Arrivals } from './arrivals'
import { Backlogs } from './backlogs'
import { dueOf } from './due'
import { Groups } from './groups'
import { KnownServers } from './known-servers'
import {
  answerError,
  endOf,
  endWork,
  type OpenExchange,
  openExchange,
  takeAnswer,
  timesOf,
} from './open-exchange'
import { OpenPackets } from './open-packets'
import type { GroupSecond } from './second'

export const SECOND_MS = 1000

type Of<T extends LabEvent['type']> = Extract<LabEvent, { type: T }>
type Arrived = Pick<Of<'packet.carried'>, 'exchange' | 'to' | 'kind' | 'at'>
type Left = Of<'upstream.failed'> | Of<'upstream.left'>

export class MetricsCounter {
  private exchanges = new ChurningMap<ExchangeId, OpenExchange>()
  private packets = new OpenPackets()
  private readonly backlogs = new Backlogs()
  private readonly servers = new KnownServers()
  private readonly groups = new Groups()
  private readonly arrivals = new Arrivals()

  /** Whether the present second must be reported. */
  get isOpen(): boolean {
    return this.groups.isOpen
  }

  apply(event: LabEvent): void {
    // The most frequent first: the cases are compared one after another.
    switch (event.type) {
      case 'packet.carried':
        this.carried(event)
        return
      case 'decision.made':
      case 'choice.seen':
        this.decided(event)
        return
      case 'answer.verified':
        this.verified(event)
        return
      case 'exchange.finished':
        this.finished(event)
        return
      case 'packet.sent':
        this.sent(event)
        return
      case 'packet.delivered':
        this.delivered(event)
        return
      case 'message.late':
        this.late(event)
        return
      case 'packet.hastened':
      case 'packet.released':
        this.packets.setDue(event.packet, event.dueAt)
        return
      case 'packet.held':
        this.packets.setDue(event.packet, undefined)
        return
      case 'packet.dropped':
        this.packets.take(event.packet)
        return
      case 'exchange.queued':
        this.queued(event)
        return
      case 'upstream.failed':
        this.leftServer(event, 'lost')
        return
      case 'upstream.left':
        this.leftServer(event, 'left')
        return
      case 'work.changed':
        this.working(event)
        return
      case 'node.added':
      case 'node.changed':
      case 'row.set':
      case 'row.removed':
      case 'pool.changed':
        this.servers.apply(event)
        return
      case 'node.removed':
        this.servers.apply(event)
        this.arrivals.forget(event.id)
        return
      case 'scenario.reset':
        this.exchanges = new ChurningMap()
        this.packets = new OpenPackets()
        this.backlogs.clear()
        this.groups.clear()
        this.arrivals.clear()
        this.servers.apply(event)
    }
  }

  /** Ends the second at this time; returns what happened in it, and begins the next one. */
  end(at: SimMs): readonly GroupSecond[] {
    return this.groups.end(at, SECOND_MS, (group) => dueOf(group, this.servers))
  }

  /** A second begins at this time, before which nothing happened. */
  begin(at: SimMs): void {
    this.groups.begin(at)
  }

  private sent(event: Of<'packet.sent'>): void {
    const { packet, exchange, to, kind, at, dueAt, connection, copyOf } = event
    if (copyOf !== null && packet !== exchange) return
    const open = this.open(event)
    if (open === undefined) return
    this.packets.add({ packet, exchange, open, sentAt: at, dueAt, connection, to, kind })
  }

  /** As if it were sent and delivered: no time has passed on its link, and it is never among the packets in flight. */
  private carried(event: Of<'packet.carried'>): void {
    const open = this.open(event)
    if (open === undefined) return
    if (event.to === PROXY && event.kind === 0) this.backlogs.read(open, event.connection)
    this.arrived(open, event)
  }

  /** The exchange of a packet that is sent. Its question begins it; with what a server sends, the server's work is done. */
  private open({ packet, exchange, from, to, at }: Sending): OpenExchange | undefined {
    if (exchange === 0) return undefined
    if (packet === exchange) return this.beginExchange(exchange, from, at)
    const open = this.exchanges.get(exchange)
    if (open === undefined || to !== PROXY || from === open.client) return open
    if (endWork(open, at)) this.arrivals.remove(from, exchange)
    return open
  }

  private beginExchange(exchange: ExchangeId, client: NodeId, at: SimMs): OpenExchange {
    const groups = [this.groups.get('all', ''), this.groups.get('client', client)]
    for (const group of groups) group.begin(at)
    const open = openExchange(client, at, groups)
    this.exchanges.set(exchange, open)
    return open
  }

  private late({ exchange, lateMs }: Of<'message.late'>): void {
    const open = this.exchanges.get(exchange)
    if (open === undefined) return
    open.dueAt -= lateMs
    for (const group of open.groups) group.late(lateMs)
    this.groups.changed()
  }

  private delivered({ packet, at }: Of<'packet.delivered'>): void {
    const moved = this.packets.take(packet)
    if (moved === undefined) return
    const { open, exchange, to, kind, sentAt } = moved
    if (open.isOver) return
    const unreadMs = kind === 0 && to === PROXY ? this.backlogs.unreadMs(moved, at) : 0
    open.queueMs += unreadMs
    open.linkMs += at - sentAt - unreadMs
    this.arrived(open, { exchange, to, kind, at })
  }

  /** The receiver has a packet of an exchange that is not over. */
  private arrived(open: OpenExchange, { exchange, to, kind, at }: Arrived): void {
    if (to === PROXY && kind !== 0) this.answered(open, kind === 'error', at)
    if (to === PROXY || kind !== 0) return
    open.arrivedAt = at
    const node = this.servers.nodes.get(to)
    if (node?.work === undefined || node.work === 'off') return
    this.arrivals.add(to, exchange)
  }

  /** The proxy has the server's answer, which may be an error. */
  private answered(open: OpenExchange, isError: boolean, at: SimMs): void {
    if (open.server === undefined) return
    this.groups.get('server', open.server).leave(at, open.givenAt)
    takeAnswer(open, isError)
  }

  private judge(open: OpenExchange, at: SimMs, error: ErrorCode | null): void {
    const { answeredBy, isUnjudged } = open
    if (!isUnjudged || answeredBy === undefined) return
    open.isUnjudged = false
    this.groups.get('server', answeredBy).tell(at, error === null ? 'answered' : 'lost', error)
  }

  private queued({ exchange, policy, at }: Of<'exchange.queued'>): void {
    const open = this.exchanges.get(exchange)
    if (open === undefined) return
    this.asked(open, policy, at)
    if (open.queuedAt === undefined) this.countQueue(open, at, 1)
    open.queuedAt = at
  }

  private countQueue({ groups }: OpenExchange, at: SimMs, by: 1 | -1): void {
    for (const group of groups) {
      group.count(at)
      group.queued += by
    }
    this.groups.changed()
  }

  /** Its policy is known: it counts from its arrival at the proxy. */
  private asked(open: OpenExchange, policy: ProtocolId, at: SimMs): void {
    if (open.policy !== undefined) return
    open.policy = policy
    const group = this.groups.get('policy', policy)
    group.begin(at, open.dueAt)
    open.groups.push(group)
  }

  private leaveQueue(open: OpenExchange, at: SimMs): void {
    if (open.queuedAt === undefined) return
    open.queueMs += at - open.queuedAt
    open.queuedAt = undefined
    this.countQueue(open, at, -1)
  }

  private decided({ exchange, policy, server, at }: Of<'decision.made'> | Of<'choice.seen'>): void {
    const open = this.exchanges.get(exchange)
    if (open === undefined) return
    this.asked(open, policy, at)
    this.leaveQueue(open, at)
    if (server === null) return
    this.judge(open, at, open.isErrorAnswer ? 'SERVER_BAD_ANSWER' : null)
    open.server = server
    open.givenAt = at
    this.groups.get('server', server).begin(at)
  }

  private leftServer(event: Left, how: 'lost' | 'left'): void {
    const { exchange, server, at } = event
    const open = this.exchanges.get(exchange)
    if (open === undefined) return
    if (open.isUnjudged && open.answeredBy === server) {
      this.judge(open, at, answerError(event, open))
      return
    }
    if (open.server !== server) return
    open.server = undefined
    open.arrivedAt = undefined
    open.workAt = undefined
    const group = this.groups.get('server', server)
    if (how === 'left') group.leave(at, open.givenAt)
    else group.end(at, open.givenAt, 'lost', event.type === 'upstream.failed' ? event.reason : null)
  }

  private working({ node, working, waiting, at }: Of<'work.changed'>): void {
    const { protocolId, work } = this.servers.nodes.get(node) ?? {}
    if (protocolId === undefined) return
    const group = this.groups.get('server', protocolId)
    group.count(at)
    group.queued = waiting
    const { atOnce } =
      work === undefined || work === 'off' ? { atOnce: Math.max(1, working) } : work
    group.work = { working, atOnce }
    for (const exchange of this.arrivals.takeUntil(node, waiting)) {
      const open = this.exchanges.get(exchange)
      if (open?.arrivedAt !== undefined) open.workAt = at
    }
  }

  /** Comes just before the end of the exchange. */
  private verified({ exchange, verdict }: Of<'answer.verified'>): void {
    const open = this.exchanges.get(exchange)
    if (open) open.isWrong = verdict === 'wrong'
  }

  private finished(event: Of<'exchange.finished'>): void {
    const { exchange, at } = event
    const open = this.exchanges.get(exchange)
    if (open === undefined) return
    this.exchanges.delete(exchange)
    open.isOver = true
    this.backlogs.ended(open)
    this.leaveQueue(open, at)
    const { groups } = open
    if (open.server !== undefined) this.groups.get('server', open.server).leave(at, open.givenAt)
    this.judge(open, at, answerError(event, open))
    const { outcome, reason } = endOf(event, open)
    for (const group of groups) group.end(at, open.dueAt, outcome, reason)
    this.groups.changed()
    if (outcome !== 'answered') return
    const { times, buckets } = timesOf(open, at)
    if (open.answeredBy !== undefined) groups.push(this.groups.get('server', open.answeredBy))
    for (const group of groups) group.took(times, buckets)
  }
}
