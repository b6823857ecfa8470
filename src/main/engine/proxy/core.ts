// The proxy's decisions, without I/O, timers or randomness: inputs in, effects out. host.ts performs them.
import type { EventBody } from '../../../shared/events'
import {
  type ConnectionId,
  type ExchangeId,
  type NodeId,
  PROXY,
  type ProtocolId,
} from '../../../shared/ids'
import { MAX_SERVERS, RETRY_EVERY_MS, RETRY_FOR_MS } from '../../../shared/limits'
import { composeErrorAnswer } from '../../../shared/protocol/compose'
import { type ErrorCode, type Fault, fault } from '../../../shared/protocol/errors'
import {
  type ClientMessage,
  type Message,
  type Registration,
  readMessage,
} from '../../../shared/protocol/message'
import type { Balancer } from '../balance/balancer'
import type { Effect, Input, TimerId, TimerPurpose, UpstreamId } from './protocol'
import { type Server, SwitchingTable } from './switching-table'

const MAX_DIALS = 1 + RETRY_FOR_MS / RETRY_EVERY_MS

/** A question's place in its connection's queue, and its answer once there is one. */
interface Slot {
  answer: Extract<Effect, { type: 'answer' }> | undefined
  closeAfter: boolean
}

interface Client {
  id: ConnectionId
  slots: Slot[]
}

/** A client's message from the moment a server was chosen until there is an answer. */
interface Exchange {
  id: ExchangeId
  client: Client
  slot: Slot
  source: string | number
  server: Server
  bytes: Uint8Array
  replyTimer: TimerId
  /** Its client has left: the answer, if it comes, is for nobody. */
  abandoned: boolean
}

interface Upstream {
  id: UpstreamId
  server: Server
  open: boolean
  dials: number
  /** Answered in this order. */
  waiting: Exchange[]
  timer: TimerId
}

type Alarm =
  | { purpose: 'connect' | 'retry'; upstream: Upstream }
  | { purpose: 'reply'; upstream: Upstream; exchange: Exchange }

const NO_TIMER: TimerId = 0
const NOBODY: readonly ProtocolId[] = []
/** What still comes when all questions are answered is the answer to none. */
const UNASKED: ErrorCode = 'SERVER_BAD_ANSWER'

export class ProxyCore<S> {
  private readonly table: SwitchingTable<S>
  private readonly clients = new Map<ConnectionId, Client>()
  private readonly upstreams = new Map<UpstreamId, Upstream>()
  /** By server, those that stay open after an answer and take further messages meanwhile. */
  private readonly keptUpstreams = new Map<ProtocolId, Upstream>()
  private readonly keepConnections = new Set<NodeId>()
  private readonly alarms = new Map<TimerId, Alarm>()
  /** Policies that somebody serves. */
  private readonly announcedNext = new Map<ProtocolId, ProtocolId>()
  private lastId = 0
  private effects: Effect[] = []

  /** `keepAll`: keeps connections to all servers, whoever they are. */
  constructor(
    balancer: Balancer<S>,
    private readonly options: { keepAll?: boolean } = {},
  ) {
    this.table = new SwitchingTable(balancer)
  }

  /** Takes in what happened and says what to do about it, in this order. */
  handle(input: Input): readonly Effect[] {
    this.effects = []
    switch (input.type) {
      case 'clientMessage':
        this.clientMessage(input)
        break
      case 'clientFault':
        this.refuse(
          this.client(input.client),
          input.exchange,
          destinationIn(input.bytes),
          input.fault,
          { closeAfter: input.fatal },
        )
        break
      case 'clientClosed':
        this.clientClosed(input.client)
        break
      case 'upstreamOpened':
        this.upstreamOpened(input.upstream)
        break
      case 'upstreamRefused':
        this.upstreamRefused(input.upstream, input.message)
        break
      case 'forwarded':
        this.forwarded(input.upstream, input.exchange)
        break
      case 'upstreamMessage':
        this.upstreamMessage(input.upstream, input.message, input.bytes)
        break
      case 'upstreamFault':
        this.upstreamBroken(input.upstream, 'SERVER_BAD_ANSWER', input.fault.message)
        break
      case 'upstreamClosed':
        this.upstreamBroken(input.upstream, 'SERVER_CLOSED')
        break
      case 'timeUp':
        this.timeUp(input.timer)
        break
      case 'serverRemoved':
        this.serverRemoved(input.server, input.node)
        break
      case 'keepConnectionSet':
        this.keepConnectionSet(input)
        break
    }
    return this.effects
  }

  private clientMessage(input: Extract<Input, { type: 'clientMessage' }>): void {
    const { message } = input
    switch (message.type) {
      case 0:
        this.dispatch(this.client(input.client), input.exchange, message, input.bytes)
        return
      case 1:
        this.register(message, input)
        return
      case 2:
        this.refuse(
          this.client(input.client),
          input.exchange,
          0,
          fault(
            'UNEXPECTED_TYPE',
            'A message of type 2 is an answer; send it on the connection that the question came on.',
          ),
        )
    }
  }

  private register(
    message: Registration,
    from: { client: ConnectionId; exchange: ExchangeId; address: string; node: NodeId },
  ): void {
    const before = this.table.get(message.server)
    const oldPolicy = before?.policy
    if (before === undefined && this.table.size >= MAX_SERVERS) {
      const full = fault('TABLE_FULL', `The table has ${MAX_SERVERS} servers already.`)
      this.refuse(this.client(from.client), from.exchange, 0, full)
      return
    }
    const isElsewhere =
      before?.port !== message.listenPort ||
      before.address !== from.address ||
      before.node !== from.node
    if (before && isElsewhere) this.forgetKept(before)
    const server = this.table.register({
      id: message.server,
      policy: message.policy,
      port: message.listenPort,
      address: from.address,
      node: from.node,
    })
    this.report({ type: 'row.set', row: this.table.rowOf(server) })
    if (oldPolicy !== undefined && oldPolicy !== server.policy) this.announceNext(oldPolicy)
    this.announceNext(server.policy)
    this.effects.push({ type: 'registered', client: from.client })
  }

  private dispatch(
    client: Client,
    id: ExchangeId,
    message: ClientMessage,
    bytes: Uint8Array,
  ): void {
    const { policy } = message
    const pick = this.table.pick(policy)
    const next = this.table.next(policy)
    this.isNews(policy, next)
    this.report({
      type: 'decision.made',
      exchange: id,
      policy,
      server: pick?.server.id ?? null,
      candidates: pick?.candidates ?? NOBODY,
      turn: pick?.turn ?? 0,
      skipped: pick?.skipped ?? [],
      next,
    })
    if (pick === undefined) {
      const nobody = fault('NO_SERVER_FOR_POLICY', `No server is registered for policy ${policy}.`)
      this.refuse(client, id, message.rawSource, nobody)
      return
    }
    const slot: Slot = { answer: undefined, closeAfter: false }
    client.slots.push(slot)
    const exchange: Exchange = {
      id,
      client,
      slot,
      source: message.rawSource,
      server: pick.server,
      bytes,
      replyTimer: NO_TIMER,
      abandoned: false,
    }
    const kept = this.keptUpstreams.get(pick.server.id)
    if (kept) {
      kept.waiting.push(exchange)
      if (kept.open) this.forward(kept, exchange)
      return
    }
    this.dial(this.openUpstream(pick.server, exchange))
  }

  private openUpstream(server: Server, exchange: Exchange): Upstream {
    const upstream: Upstream = {
      id: ++this.lastId,
      server,
      open: false,
      dials: 0,
      waiting: [exchange],
      timer: NO_TIMER,
    }
    this.upstreams.set(upstream.id, upstream)
    if (this.options.keepAll || this.keepConnections.has(server.node)) {
      this.keptUpstreams.set(server.id, upstream)
    }
    return upstream
  }

  private dial(upstream: Upstream): void {
    const { address, port, node } = upstream.server
    upstream.dials++
    upstream.timer = this.startTimer({ purpose: 'connect', upstream })
    this.effects.push({ type: 'dial', upstream: upstream.id, node, address, port })
  }

  private upstreamOpened(id: UpstreamId): void {
    const upstream = this.upstreams.get(id)
    if (upstream === undefined) return
    this.stopTimer(upstream.timer)
    upstream.timer = NO_TIMER
    upstream.open = true
    upstream.server.proven = true
    this.setHealth(upstream.server, 'up')
    for (const exchange of upstream.waiting) this.forward(upstream, exchange)
  }

  private forward(upstream: Upstream, exchange: Exchange): void {
    this.effects.push({
      type: 'forward',
      upstream: upstream.id,
      exchange: exchange.id,
      bytes: exchange.bytes,
    })
  }

  /** The time that the question spent on the link is not the server's. */
  private forwarded(id: UpstreamId, exchangeId: ExchangeId): void {
    const upstream = this.upstreams.get(id)
    // Without latency it is the last one.
    const exchange = upstream?.waiting.findLast((waiting) => waiting.id === exchangeId)
    // A question that is sent twice by hand is handed over twice; the first time counts.
    if (upstream === undefined || exchange === undefined || exchange.replyTimer !== NO_TIMER) return
    exchange.replyTimer = this.startTimer({ purpose: 'reply', upstream, exchange })
  }

  /** A server may register just before it listens: a first refusal is not the last word. */
  private upstreamRefused(id: UpstreamId, message: string): void {
    const upstream = this.upstreams.get(id)
    if (upstream === undefined) return
    this.stopTimer(upstream.timer)
    if (upstream.server.proven || upstream.dials >= MAX_DIALS) {
      this.unreachable(upstream, 'SERVER_UNREACHABLE', message)
      return
    }
    if (upstream.dials === 1) {
      const { id: server, port } = upstream.server
      this.log(
        'warning',
        `Server ${server} does not accept connections on port ${port} yet: trying again`,
      )
    }
    upstream.timer = this.startTimer({ purpose: 'retry', upstream })
  }

  private unreachable(upstream: Upstream, code: ErrorCode, detail: string): void {
    const { server } = upstream
    this.setHealth(server, 'down')
    this.hangUp(upstream, code)
    for (const exchange of upstream.waiting) {
      this.fail(exchange, fault(code, `Server ${server.id} (port ${server.port}): ${detail}`))
    }
  }

  private upstreamMessage(id: UpstreamId, message: Message, bytes: Uint8Array): void {
    const upstream = this.upstreams.get(id)
    if (upstream === undefined) return
    if (message.type !== 2) {
      const what = `It sent a message of type ${message.type} where an answer (type 2) was due.`
      this.upstreamBroken(id, 'SERVER_BAD_ANSWER', what)
      return
    }
    const exchange = upstream.waiting.shift()
    if (exchange === undefined) {
      this.upstreamBroken(id, 'SERVER_BAD_ANSWER', 'It sent an answer that nobody asked for.')
      return
    }
    this.stopTimer(exchange.replyTimer)
    if (upstream.waiting.length === 0 && !this.isKept(upstream)) this.hangUp(upstream, UNASKED)
    if (exchange.abandoned) return
    this.settle(exchange.client, exchange.slot, {
      type: 'answer',
      client: exchange.client.id,
      exchange: exchange.id,
      kind: message.error ? 'error' : 2,
      bytes,
      payload: message.error ? null : message.payload,
      server: exchange.server.id,
      reason: null,
    })
  }

  /** The connection is of no more use; whoever waits on it gets an error. */
  private upstreamBroken(id: UpstreamId, code: ErrorCode, detail?: string): void {
    const upstream = this.upstreams.get(id)
    if (upstream === undefined) return
    const { server, waiting } = upstream
    this.hangUp(upstream, code)
    if (waiting.length === 0 && code !== 'SERVER_CLOSED') {
      this.log('warning', `Server ${server.id}: ${detail ?? code}`)
    }
    for (const exchange of waiting) {
      this.fail(exchange, fault(code, `Server ${server.id}: ${detail ?? fault(code).message}`))
    }
  }

  private timeUp(timer: TimerId): void {
    const alarm = this.alarms.get(timer)
    if (alarm === undefined) return
    this.alarms.delete(timer)
    const { upstream } = alarm
    const { server } = upstream
    switch (alarm.purpose) {
      case 'retry':
        this.dial(upstream)
        return
      case 'connect':
        this.unreachable(
          upstream,
          'SERVER_CONNECT_TIMEOUT',
          fault('SERVER_CONNECT_TIMEOUT').message,
        )
        return
      case 'reply':
        // Answers come in order: what waits behind the late one would be taken for it.
        this.setHealth(server, 'down')
        this.upstreamBroken(upstream.id, 'SERVER_TIMEOUT')
    }
  }

  private serverRemoved(id: ProtocolId, node: NodeId): void {
    this.keepConnections.delete(node)
    const server = this.table.get(id)
    if (server?.node !== node) return
    this.table.remove(id)
    for (const upstream of [...this.upstreams.values()]) {
      if (upstream.server === server) this.upstreamBroken(upstream.id, 'SERVER_REMOVED')
    }
    this.report({ type: 'row.removed', server: id })
    this.announceNext(server.policy)
  }

  private keepConnectionSet(input: Extract<Input, { type: 'keepConnectionSet' }>): void {
    const { server: id, node, keep } = input
    if (keep) {
      this.keepConnections.add(node)
      return
    }
    this.keepConnections.delete(node)
    const server = this.table.get(id)
    if (server?.node === node) this.forgetKept(server)
  }

  /** The kept connection takes no more messages; it closes after its last answer. */
  private forgetKept(server: Server): void {
    const upstream = this.keptUpstreams.get(server.id)
    if (upstream === undefined) return
    this.keptUpstreams.delete(server.id)
    if (upstream.waiting.length === 0) this.hangUp(upstream, UNASKED)
  }

  private isKept(upstream: Upstream): boolean {
    return this.keptUpstreams.get(upstream.server.id) === upstream
  }

  private clientClosed(id: ConnectionId): void {
    const client = this.clients.get(id)
    if (client === undefined) return
    this.clients.delete(id)
    if (client.slots.length === 0) return
    for (const upstream of [...this.upstreams.values()]) {
      let live = false
      for (const exchange of upstream.waiting) {
        if (exchange.client === client) exchange.abandoned = true
        live ||= !exchange.abandoned
      }
      if (!live && !this.isKept(upstream)) this.hangUp(upstream, 'CLIENT_LEFT')
    }
  }

  private client(id: ConnectionId): Client {
    let client = this.clients.get(id)
    if (client === undefined) {
      client = { id, slots: [] }
      this.clients.set(id, client)
    }
    return client
  }

  private fail(exchange: Exchange, error: Fault): void {
    this.stopTimer(exchange.replyTimer)
    this.report({
      type: 'upstream.failed',
      exchange: exchange.id,
      server: exchange.server.id,
      reason: error.code,
    })
    if (exchange.abandoned) return
    this.settle(exchange.client, exchange.slot, {
      type: 'answer',
      client: exchange.client.id,
      exchange: exchange.id,
      kind: 'error',
      bytes: composeErrorAnswer(exchange.source, error),
      payload: null,
      server: null,
      reason: error.code,
    })
  }

  /** Answers with an error that needed no server. */
  private refuse(
    client: Client,
    exchange: ExchangeId,
    destination: string | number,
    error: Fault,
    { closeAfter = false } = {},
  ): void {
    const slot: Slot = { answer: undefined, closeAfter }
    client.slots.push(slot)
    this.log('error', `${error.code}: ${error.message}`)
    this.settle(client, slot, {
      type: 'answer',
      client: client.id,
      exchange,
      kind: 'error',
      bytes: composeErrorAnswer(destination, error),
      payload: null,
      server: null,
      reason: error.code,
    })
  }

  /** Gives out the answers that are now first in their client's queue. */
  private settle(client: Client, slot: Slot, answer: Extract<Effect, { type: 'answer' }>): void {
    slot.answer = answer
    for (let first = client.slots[0]; first?.answer; first = client.slots[0]) {
      client.slots.shift()
      this.effects.push(first.answer)
      if (first.closeAfter) this.effects.push({ type: 'closeClient', client: client.id })
    }
  }

  private hangUp(upstream: Upstream, reason: ErrorCode): void {
    this.stopTimer(upstream.timer)
    for (const exchange of upstream.waiting) this.stopTimer(exchange.replyTimer)
    this.upstreams.delete(upstream.id)
    if (this.isKept(upstream)) this.keptUpstreams.delete(upstream.server.id)
    this.effects.push({ type: 'hangUp', upstream: upstream.id, reason })
  }

  private setHealth(server: Server, health: Server['health']): void {
    if (server.health === health || this.table.get(server.id) !== server) return
    server.health = health
    this.report({ type: 'row.set', row: this.table.rowOf(server) })
    this.announceNext(server.policy)
    if (health === 'down') {
      this.log(
        'warning',
        `Server ${server.id} is down: it is passed over until it registers again or nobody else is left`,
      )
    }
  }

  private announceNext(policy: ProtocolId): void {
    const next = this.table.next(policy)
    if (this.isNews(policy, next)) this.report({ type: 'policy.next', policy, server: next })
  }

  /** Takes note of whose turn it is; false where that has been told. */
  private isNews(policy: ProtocolId, next: ProtocolId | null): boolean {
    if ((this.announcedNext.get(policy) ?? null) === next) return false
    if (next === null) this.announcedNext.delete(policy)
    else this.announcedNext.set(policy, next)
    return true
  }

  private startTimer(alarm: Alarm): TimerId {
    const timer = ++this.lastId
    this.alarms.set(timer, alarm)
    const purpose: TimerPurpose = alarm.purpose
    const exchange = alarm.purpose === 'reply' ? alarm.exchange.id : 0
    this.effects.push({ type: 'startTimer', timer, purpose, exchange })
    return timer
  }

  private stopTimer(timer: TimerId): void {
    if (this.alarms.delete(timer)) this.effects.push({ type: 'stopTimer', timer })
  }

  private log(level: 'info' | 'warning' | 'error', text: string): void {
    this.report({ type: 'log', node: PROXY, level, text })
  }

  private report(event: EventBody): void {
    this.effects.push({ type: 'report', event })
  }
}

/** Whom an error answer is for: the `srcid` of the message at fault where it has one that can be read, else 0. */
function destinationIn(bytes: Uint8Array): string | number {
  try {
    const { srcid } = JSON.parse(new TextDecoder().decode(bytes))
    return readMessage({ type: 2, srcid: 0, destid: srcid, payload: '' }).ok ? srcid : 0
  } catch {
    return 0
  }
}
