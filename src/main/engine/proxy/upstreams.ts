// Which connections to servers are there, and what waits on each?
import { refusalWords } from '../../../shared/diagnosis/waiting'
import {
  type ExchangeId,
  isOutside,
  type NodeId,
  type ProtocolId,
  type SimMs,
} from '../../../shared/ids'
import { RETRY_EVERY_MS, RETRY_FOR_MS } from '../../../shared/limits'
import { type ErrorCode, fault } from '../../../shared/protocol/errors'
import { unexpected } from '../../../shared/unexpected'
import { visibly } from '../../../shared/visible-controls'
import { outcomeOf } from '../pools/outcome'
import type { Effects } from './effects'
import { type Exchange, isAbandoned } from './exchange'
import type { Exchanges } from './exchanges'
import type { Given } from './given'
import type { Membership } from './membership'
import type { OpenRegistrations } from './open-registrations'
import { OpenUpstreams } from './open-upstreams'
import type { Input, UpstreamId } from './protocol'
import { Silence } from './silence'
import type { Server } from './table'
import {
  failureWords,
  serverFacts,
  startLimit,
  stopLimit,
  type Upstream,
  type UpstreamLimit,
  type UpstreamLimits,
  wordsOf,
} from './upstream'

const MAX_DIALS = 1 + RETRY_FOR_MS / RETRY_EVERY_MS
/** What is still on the way when every message is answered is the answer to none. */
const UNASKED: ErrorCode = 'SERVER_BAD_ANSWER'

type InputOf<T extends Input['type']> = Extract<Input, { type: T }>

export class Upstreams {
  private readonly upstreams = new OpenUpstreams()
  /** By server, those that stay open after an answer and take further messages meanwhile. */
  private readonly kept = new Map<ProtocolId, Upstream>()
  private readonly keepNodes = new Set<NodeId>()
  /** The reply limits of nodes that have another one than usual. */
  private readonly replyLimitsMs = new Map<NodeId, SimMs>()
  /** Messages that servers have been handed. */
  private handedOver = 0
  private readonly silence: Silence

  constructor(
    private readonly effects: Effects,
    private readonly limits: UpstreamLimits,
    private readonly membership: Membership,
    private readonly exchanges: Exchanges,
    private readonly registrations: OpenRegistrations,
  ) {
    this.silence = new Silence(
      effects,
      limits,
      this.upstreams,
      registrations,
      this.replyLimitsMs,
      (upstream, words) => this.fail(upstream, 'SERVER_TIMEOUT', words),
    )
  }

  send(server: Server, exchange: Exchange): void {
    exchange.givenAt = this.membership.now
    this.membership.began(server)
    const kept = this.kept.get(server.id)
    if (kept) {
      kept.waiting.push(exchange)
      if (kept.state !== 'dialling') this.forward(kept, exchange)
      return
    }
    const upstream = this.upstreams.add(server, exchange)
    if (this.keepNodes.has(server.node)) this.kept.set(server.id, upstream)
    this.dial(upstream)
  }

  opened(id: UpstreamId): void {
    const upstream = this.upstreams.dialling(id)
    if (upstream === undefined) return
    stopLimit(this.limits, upstream)
    upstream.state = this.isKept(upstream) ? 'open' : 'closing'
    upstream.server.proven = true
    for (const exchange of upstream.waiting) this.forward(upstream, exchange)
  }

  /** A server may register just before it listens: its first connection is tried again for a moment. */
  refused({ upstream: id, message, isRefusal }: InputOf<'upstreamRefused'>): void {
    const upstream = this.upstreams.dialling(id)
    if (upstream === undefined) return
    stopLimit(this.limits, upstream)
    if (upstream.server.proven || upstream.dials >= MAX_DIALS) {
      if (isRefusal) this.noteRefused(upstream.server)
      const words = isRefusal
        ? refusalWords(serverFacts(upstream, this.registrations), message)
        : undefined
      this.unreachable(upstream, 'SERVER_UNREACHABLE', words ?? wordsOf(upstream, message))
      return
    }
    if (upstream.dials === 1) {
      const { id: server, port } = upstream.server
      this.effects.log(
        'warning',
        visibly`Server ${server} does not accept connections on port ${port} yet: trying again`,
      )
    }
    upstream.timer = startLimit(this.limits, { purpose: 'retry', upstream })
  }

  private noteRefused(server: Server): void {
    const { node, address, port } = server
    if (!isOutside(node)) return
    this.effects.report({ type: 'socket.noted', node, what: 'refused', address, port })
    if (!server.sought) this.effects.add({ type: 'seek', node, address, port })
    server.sought = true
  }

  /** The link has written the message. The time that it spent there is not the server's. */
  forwarded(id: UpstreamId, exchangeId: ExchangeId, given: Given): void {
    const upstream = this.upstreams.connected(id)
    // Without latency it is the last one. A message may be answered before a copy made by hand is written, and the
    // first time counts.
    const exchange = upstream?.waiting.findLast((waiting) => waiting.id === exchangeId)
    if (upstream === undefined || exchange === undefined) return
    if (exchange.handedOver !== undefined) return
    exchange.handedOver = { at: given, number: ++this.handedOver }
    this.silence.limit(upstream)
  }

  received({ upstream: id, message, bytes }: InputOf<'upstreamMessage'>, given: Given): void {
    const upstream = this.upstreams.connected(id)
    if (upstream === undefined) return
    if (upstream.probe !== undefined) {
      this.silence.ended(upstream, message.type === 2 ? upstream.probe : undefined)
      return
    }
    if (message.type !== 2) {
      const what = `It sent a message of type ${message.type} where an answer (type 2) was due.`
      this.fail(upstream, 'SERVER_BAD_ANSWER', what)
      return
    }
    const exchange = upstream.waiting.shift()
    if (exchange === undefined) {
      this.fail(upstream, 'SERVER_BAD_ANSWER', 'It sent an answer that nobody asked for.')
      return
    }
    const { server } = upstream
    this.membership.answered(server, exchange, message)
    server.answers++
    server.lastAnswer = { at: given, to: exchange.handedOver?.number ?? 0 }
    this.silence.limit(upstream)
    if (upstream.waiting.length === 0 && upstream.state === 'closing')
      this.hangUp(upstream, UNASKED)
    this.exchanges.answered(exchange, server, message, bytes)
  }

  /** The connection cannot be used any more: every exchange that waits on it fails. */
  broken(id: UpstreamId, code: ErrorCode, detail?: string): void {
    const upstream = this.upstreams.connected(id)
    if (upstream === undefined) return
    if (upstream.probe === undefined) this.fail(upstream, code, detail)
    else this.silence.ended(upstream)
  }

  timeUp(limit: UpstreamLimit, given: Given): void {
    const { upstream } = limit
    switch (limit.purpose) {
      case 'retry':
        this.dial(upstream)
        return
      case 'connect':
        this.unreachable(
          upstream,
          'SERVER_CONNECT_TIMEOUT',
          wordsOf(upstream, fault('SERVER_CONNECT_TIMEOUT').message),
        )
        return
      case 'reply':
        this.silence.replyIsDue(limit, given)
        return
      case 'probe':
        this.silence.probeIsOver(upstream)
        return
      default:
        throw unexpected({ type: limit satisfies never })
    }
  }

  /** Sets the reply limit of a node; undefined: the usual one. The time of what waits there begins anew. */
  limitReplies(node: NodeId, limitMs: SimMs | undefined): void {
    if (this.replyLimitsMs.get(node) === limitMs) return
    if (limitMs === undefined) this.replyLimitsMs.delete(node)
    else this.replyLimitsMs.set(node, limitMs)
    for (const upstream of this.upstreams.all()) {
      if (upstream.server.node === node) this.silence.limitAnew(upstream)
    }
  }

  keep(node: NodeId): void {
    this.keepNodes.add(node)
  }

  keepNoLonger(node: NodeId): void {
    this.keepNodes.delete(node)
  }

  /** The kept connection to this server takes no more messages; it closes after its last answer. */
  forgetKept(server: Server): void {
    const upstream = this.kept.get(server.id)
    if (upstream === undefined) return
    this.kept.delete(server.id)
    if (upstream.waiting.length === 0) this.hangUp(upstream, UNASKED)
    else if (upstream.state === 'open') upstream.state = 'closing'
  }

  /** The server is no longer in the table: what was not sent to it yet may go to another one. */
  serverRemoved(server: Server): void {
    const code = 'SERVER_REMOVED'
    for (const upstream of [...this.upstreams.all()]) {
      if (upstream.server !== server) continue
      if (upstream.state !== 'dialling') this.fail(upstream, code)
      else this.unreachable(upstream, code, wordsOf(upstream, fault(code).message))
    }
  }

  /** Hangs up what only clients wait on that have left. */
  clientLeft(): void {
    for (const upstream of [...this.upstreams.all()]) {
      if (!this.isKept(upstream) && upstream.waiting.every(isAbandoned)) {
        for (const { id: exchange } of upstream.waiting) {
          this.effects.report({ type: 'upstream.left', exchange, server: upstream.server.id })
        }
        this.hangUp(upstream, 'CLIENT_LEFT')
      }
    }
  }

  private dial(upstream: Upstream): void {
    const { address, port, node } = upstream.server
    upstream.dials++
    upstream.timer = startLimit(this.limits, { purpose: 'connect', upstream })
    this.effects.add({ type: 'dial', upstream: upstream.id, node, address, port })
  }

  private forward(upstream: Upstream, exchange: Exchange): void {
    this.membership.reached(upstream.server)
    this.effects.add({
      type: 'forward',
      upstream: upstream.id,
      exchange: exchange.id,
      bytes: exchange.bytes,
    })
  }

  /** Nothing was sent yet: each message that waits may go to another server. */
  private unreachable(upstream: Upstream, code: ErrorCode, detail: string): void {
    const { server, waiting } = upstream
    this.hangUp(upstream, code)
    const error = fault(code, detail)
    for (const exchange of waiting) this.exchanges.failed(exchange, server, error, 'unreachable')
  }

  private fail(upstream: Upstream, code: ErrorCode, detail?: string): void {
    const { server, waiting } = upstream
    this.hangUp(upstream, code)
    const error = fault(code, failureWords(server, code, detail))
    if (waiting.length === 0 && code !== 'SERVER_CLOSED') {
      this.effects.log('warning', error.message)
    }
    const how = code === 'SERVER_CLOSED' ? 'closed' : 'failed'
    for (const exchange of waiting) this.exchanges.failed(exchange, server, error, how)
  }

  private hangUp(upstream: Upstream, reason: ErrorCode): void {
    const outcome = outcomeOf(reason)
    for (const { givenAt } of upstream.waiting) {
      this.membership.ended(upstream.server, givenAt, outcome)
    }
    stopLimit(this.limits, upstream)
    this.upstreams.delete(upstream.id)
    if (this.isKept(upstream)) this.kept.delete(upstream.server.id)
    this.effects.add({ type: 'hangUp', upstream: upstream.id, reason })
  }

  private isKept(upstream: Upstream): boolean {
    return this.kept.get(upstream.server.id) === upstream
  }
}
