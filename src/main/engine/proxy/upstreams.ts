// Which connections to servers are there, what waits on each, and for how long?
import type { ExchangeId, NodeId, ProtocolId } from '../../../shared/ids'
import { RETRY_EVERY_MS, RETRY_FOR_MS } from '../../../shared/limits'
import { type ErrorCode, fault } from '../../../shared/protocol/errors'
import type { Message } from '../../../shared/protocol/message'
import { unexpected } from '../../../shared/unexpected'
import type { Effects } from './effects'
import { type Exchange, type Exchanges, isAbandoned } from './exchanges'
import type { Membership } from './membership'
import type { Given, TimerId, TimerPurpose, UpstreamId } from './protocol'
import type { Server } from './table'
import type { TimeLimits } from './time-limits'

const MAX_DIALS = 1 + RETRY_FOR_MS / RETRY_EVERY_MS
/** What is still on the way when every message is answered is the answer to none. */
const UNASKED: ErrorCode = 'SERVER_BAD_ANSWER'

interface Upstream {
  readonly id: UpstreamId
  readonly server: Server
  /** `closing`: it takes no further message and is hung up after its last answer. */
  state: 'dialling' | 'open' | 'closing'
  dials: number
  /** Answered in this order. */
  readonly waiting: Exchange[]
  /** Limits the present dial, or the wait until the next one. */
  timer: TimerId | undefined
}

export interface UpstreamLimit {
  readonly purpose: TimerPurpose
  readonly upstream: Upstream
}

export class Upstreams {
  private readonly upstreams = new Map<UpstreamId, Upstream>()
  /** By server, those that stay open after an answer and take further messages meanwhile. */
  private readonly kept = new Map<ProtocolId, Upstream>()
  private readonly keepNodes = new Set<NodeId>()
  private lastId: UpstreamId = 0

  constructor(
    private readonly effects: Effects,
    private readonly limits: TimeLimits<UpstreamLimit>,
    private readonly membership: Membership,
    private readonly exchanges: Exchanges,
  ) {}

  send(server: Server, exchange: Exchange): void {
    server.load.inFlight++
    const kept = this.kept.get(server.id)
    if (kept) {
      kept.waiting.push(exchange)
      if (kept.state !== 'dialling') this.forward(kept, exchange)
      return
    }
    const upstream: Upstream = {
      id: ++this.lastId,
      server,
      state: 'dialling',
      dials: 0,
      waiting: [exchange],
      timer: undefined,
    }
    this.upstreams.set(upstream.id, upstream)
    if (this.keepNodes.has(server.node)) this.kept.set(server.id, upstream)
    this.dial(upstream)
  }

  opened(id: UpstreamId): void {
    const upstream = this.dialling(id)
    if (upstream === undefined) return
    this.limits.stop(upstream.timer)
    upstream.state = this.isKept(upstream) ? 'open' : 'closing'
    upstream.server.proven = true
    this.membership.setHealth(upstream.server, 'up')
    for (const exchange of upstream.waiting) this.forward(upstream, exchange)
  }

  /** A server may register just before it listens: its first connection is tried again for a moment. */
  refused(id: UpstreamId, message: string, given: Given): void {
    const upstream = this.dialling(id)
    if (upstream === undefined) return
    this.limits.stop(upstream.timer)
    if (upstream.server.proven || upstream.dials >= MAX_DIALS) {
      this.unreachable(upstream, 'SERVER_UNREACHABLE', message, given)
      return
    }
    if (upstream.dials === 1) {
      const { id: server, port } = upstream.server
      this.effects.log(
        'warning',
        `Server ${server} does not accept connections on port ${port} yet: trying again`,
      )
    }
    upstream.timer = this.limits.start({ purpose: 'retry', upstream })
  }

  /** The link has written the message. The time that it spent there is not the server's. */
  forwarded(id: UpstreamId, exchangeId: ExchangeId): void {
    const upstream = this.connected(id)
    // Without latency it is the last one. A message may be answered before a copy made by hand is written, and the
    // first time counts.
    const exchange = upstream?.waiting.findLast((waiting) => waiting.id === exchangeId)
    if (upstream === undefined || exchange === undefined) return
    exchange.replyTimer ??= this.limits.start({ purpose: 'reply', upstream }, exchange.id)
  }

  received(id: UpstreamId, message: Message, bytes: Uint8Array): void {
    const upstream = this.connected(id)
    if (upstream === undefined) return
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
    upstream.server.load.inFlight--
    this.limits.stop(exchange.replyTimer)
    if (upstream.waiting.length === 0 && upstream.state === 'closing')
      this.hangUp(upstream, UNASKED)
    this.exchanges.answered(exchange, upstream.server, message, bytes)
  }

  /** The connection cannot be used any more: every exchange that waits on it fails. */
  broken(id: UpstreamId, code: ErrorCode, detail?: string): void {
    const upstream = this.connected(id)
    if (upstream) this.fail(upstream, code, detail)
  }

  timeUp({ purpose, upstream }: UpstreamLimit, given: Given): void {
    switch (purpose) {
      case 'retry':
        this.dial(upstream)
        return
      case 'connect':
        this.unreachable(
          upstream,
          'SERVER_CONNECT_TIMEOUT',
          fault('SERVER_CONNECT_TIMEOUT').message,
          given,
        )
        return
      case 'reply':
        // Answers come in order: the next one would be taken for the late one.
        this.membership.setHealth(upstream.server, 'down')
        this.fail(upstream, 'SERVER_TIMEOUT')
        return
      default:
        throw unexpected({ type: purpose satisfies never })
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
  serverRemoved(server: Server, given: Given): void {
    const code = 'SERVER_REMOVED'
    for (const upstream of [...this.upstreams.values()]) {
      if (upstream.server !== server) continue
      if (upstream.state !== 'dialling') this.fail(upstream, code)
      else this.unreachable(upstream, code, fault(code).message, given)
    }
  }

  /** Hangs up what only clients wait on that have left. */
  clientLeft(): void {
    for (const upstream of [...this.upstreams.values()]) {
      if (!this.isKept(upstream) && upstream.waiting.every(isAbandoned)) {
        this.hangUp(upstream, 'CLIENT_LEFT')
      }
    }
  }

  /**
   * The connection that an input is about. Undefined where the input comes late: the connection was hung up meanwhile.
   * Throws where it cannot be: there never was one of this number, or it is not being dialled.
   */
  private dialling(id: UpstreamId): Upstream | undefined {
    const upstream = this.find(id)
    if (upstream && upstream.state !== 'dialling') throw outOfPlace(upstream, 'dialling')
    return upstream
  }

  /** The same of a connection that has been opened. */
  private connected(id: UpstreamId): Upstream | undefined {
    const upstream = this.find(id)
    if (upstream?.state === 'dialling') throw outOfPlace(upstream, 'open')
    return upstream
  }

  private find(id: UpstreamId): Upstream | undefined {
    if (id > this.lastId) throw new Error(`No connection ${id} to a server was ever dialled.`)
    return this.upstreams.get(id)
  }

  private dial(upstream: Upstream): void {
    const { address, port, node } = upstream.server
    upstream.dials++
    upstream.timer = this.limits.start({ purpose: 'connect', upstream })
    this.effects.add({ type: 'dial', upstream: upstream.id, node, address, port })
  }

  private forward(upstream: Upstream, exchange: Exchange): void {
    this.effects.add({
      type: 'forward',
      upstream: upstream.id,
      exchange: exchange.id,
      bytes: exchange.bytes,
    })
  }

  /** Nothing was sent yet: each message that waits may go to another server. */
  private unreachable(upstream: Upstream, code: ErrorCode, detail: string, given: Given): void {
    const { server, waiting } = upstream
    this.membership.setHealth(server, 'down')
    this.hangUp(upstream, code)
    const error = fault(code, `Server ${server.id} (port ${server.port}): ${detail}`)
    for (const exchange of waiting) this.exchanges.unreachable(exchange, server, error, given)
  }

  private fail(upstream: Upstream, code: ErrorCode, detail?: string): void {
    const { server, waiting } = upstream
    this.hangUp(upstream, code)
    if (waiting.length === 0 && code !== 'SERVER_CLOSED') {
      this.effects.log('warning', `Server ${server.id}: ${detail ?? code}`)
    }
    const error = fault(code, `Server ${server.id}: ${detail ?? fault(code).message}`)
    for (const exchange of waiting) this.exchanges.failed(exchange, server, error)
  }

  private hangUp(upstream: Upstream, reason: ErrorCode): void {
    upstream.server.load.inFlight -= upstream.waiting.length
    this.limits.stop(upstream.timer)
    for (const exchange of upstream.waiting) this.limits.stop(exchange.replyTimer)
    this.upstreams.delete(upstream.id)
    if (this.isKept(upstream)) this.kept.delete(upstream.server.id)
    this.effects.add({ type: 'hangUp', upstream: upstream.id, reason })
  }

  private isKept(upstream: Upstream): boolean {
    return this.kept.get(upstream.server.id) === upstream
  }
}

function outOfPlace({ id, state }: Upstream, expected: Upstream['state']): Error {
  return new Error(`The connection ${id} to a server is ${state}, not ${expected}.`)
}
