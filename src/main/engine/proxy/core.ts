// The proxy's decisions, without I/O, a clock or chance of its own: inputs in, effects out. host.ts performs them.
// Here each input goes to the parts that it concerns.
import { refusedRegistrationWords } from '../../../shared/diagnosis/registration-notes'
import { machineOf, type NodeId, type ProtocolId } from '../../../shared/ids'
import { errorDestination } from '../../../shared/protocol/error-destination'
import { type Fault, fault } from '../../../shared/protocol/errors'
import { faultyRegistration, type NamedServer } from '../../../shared/protocol/faulty-registration'
import type { Registration } from '../../../shared/protocol/message'
import { unexpected } from '../../../shared/unexpected'
import { AnswerOrder } from './answer-order'
import { type CheckLimit, Checks } from './checks'
import { Effects } from './effects'
import type { ExchangeLimit } from './exchange'
import { Exchanges } from './exchanges'
import type { Given } from './given'
import { Membership } from './membership'
import { OpenRegistrations } from './open-registrations'
import { PoolTicks, type TickLimit } from './pool-ticks'
import type { Effect, Input } from './protocol'
import { RefusedRegistrations } from './refused-registrations'
import { registrationRefusal, SWAPPED_FOR_GUESTS } from './registration-refusals'
import { TimeLimits } from './time-limits'
import type { UpstreamLimit } from './upstream'
import { Upstreams } from './upstreams'

type ClientMessageInput = Extract<Input, { type: 'clientMessage' }>

type Limit = UpstreamLimit | ExchangeLimit | TickLimit | CheckLimit

interface Surroundings {
  /** Where the app's page is, for a person who looks for it at the proxy's port. */
  readonly webPort?: () => number | undefined
  /** The hash that is due in the answer to a payload. */
  readonly hashOf?: (payload: string) => string
}

export class ProxyCore {
  private readonly effects = new Effects()
  private readonly answers: AnswerOrder
  private readonly limits = new TimeLimits<Limit>(this.effects)
  private readonly membership: Membership
  private readonly registrations = new OpenRegistrations()
  private readonly refused = new RefusedRegistrations()
  private readonly exchanges: Exchanges
  private readonly upstreams: Upstreams
  private readonly ticks: PoolTicks
  private readonly checks: Checks
  /** Why nobody is served here; undefined while everybody is. */
  private refusal: string | undefined

  constructor({ webPort = () => undefined, hashOf = () => '' }: Surroundings = {}) {
    this.membership = new Membership(this.effects, hashOf)
    this.answers = new AnswerOrder(this.effects, webPort)
    this.exchanges = new Exchanges(
      this.effects,
      this.limits,
      this.answers,
      this.membership,
      this.refused,
      (server, exchange) => this.upstreams.send(server, exchange),
    )
    this.upstreams = new Upstreams(
      this.effects,
      this.limits,
      this.membership,
      this.exchanges,
      this.registrations,
    )
    this.ticks = new PoolTicks(this.limits, this.membership)
    this.checks = new Checks(this.effects, this.limits, this.membership, hashOf)
    this.membership.onChange = (policy) => this.ticks.changed(policy)
    this.membership.onServersChange = (policy) => this.checks.changed(policy)
  }

  get turns(): ReadonlyMap<ProtocolId, readonly ProtocolId[]> {
    return this.membership.turns
  }

  /** Takes in what happened and says what to do about it, in this order. Throws on what cannot happen. */
  handle(input: Input, given: Given): readonly Effect[] {
    this.membership.now = given.now
    this.dispatch(input, given)
    this.exchanges.queueing.serveAll()
    return this.effects.flush()
  }

  private dispatch(input: Input, given: Given): void {
    const { upstreams } = this
    switch (input.type) {
      case 'clientOpened':
        this.answers.enter(input.client)
        return
      case 'clientMessage':
        this.clientMessage(input, given)
        return
      case 'clientFault': {
        const slot = this.answers.open(input.client)
        const meant = faultyRegistration(input.bytes)
        if (meant !== undefined) this.noteRefused(meant, input.fault)
        slot.closeAfter = input.fatal
        this.answers.refuse(slot, input.exchange, errorDestination(input.bytes), input.fault)
        return
      }
      case 'clientClosed':
        this.registrations.remove(input.client)
        if (!this.answers.leave(input.client)) return
        this.exchanges.clientLeft()
        upstreams.clientLeft()
        return
      case 'upstreamOpened':
        upstreams.opened(input.upstream)
        return
      case 'upstreamRefused':
        upstreams.refused(input)
        return
      case 'forwarded':
        upstreams.forwarded(input.upstream, input.exchange, given)
        return
      case 'upstreamMessage':
        upstreams.received(input, given)
        return
      case 'upstreamFault':
        upstreams.broken(input.upstream, 'SERVER_BAD_ANSWER', input.fault.message)
        return
      case 'upstreamClosed':
        upstreams.broken(input.upstream, 'SERVER_CLOSED')
        return
      case 'timeUp': {
        const limit = this.limits.up(input.timer)
        // Undefined: it was stopped while this input waited.
        if (limit) this.timeUp(limit, given)
        return
      }
      case 'nodeRemoved':
        this.nodeRemoved(input.node)
        return
      case 'seedSet':
        // A scenario begins: what was refused before is of another class.
        this.refused.clear()
        this.membership.setSeed(input.seed)
        return
      case 'steppedAside':
        this.stepAside(input.refusal)
        return
      case 'watched':
        this.membership.watch(input.policies)
        return
      case 'checkEnded':
        this.checks.ended(input.check, input.passed, input.detail)
        return
      case 'poolConfigured':
        this.membership.configurePool(input.policy, input.settings)
        this.exchanges.queueing.poolConfigured(input.policy)
        return
      case 'turnKept':
        this.membership.keepTurn(input.node, input.turn)
        return
      case 'serverRestored':
        this.membership.restore(input.row)
        return
      case 'keepConnectionSet':
        this.keepConnectionSet(input)
        return
      case 'replyLimitSet':
        this.upstreams.limitReplies(input.node, input.limitMs)
        return
      case 'serverConfigured':
        this.membership.configureServer(input.server, input.node, input.settings)
        return
      default:
        throw unexpected(input satisfies never)
    }
  }

  private stepAside(refusal: string | undefined): void {
    const { membership, checks } = this
    this.refusal = refusal
    membership.turnReports.isSilent = refusal !== undefined
    checks.isOff = refusal !== undefined
    for (const policy of membership.turns.keys()) {
      membership.reportNext(policy)
      checks.changed(policy)
    }
  }

  private timeUp(limit: Limit, given: Given): void {
    switch (limit.purpose) {
      case 'tick':
        this.ticks.timeUp(limit)
        return
      case 'check':
        this.checks.timeUp(limit)
        return
      case 'queue':
      case 'backoff':
        this.exchanges.timeUp(limit)
        return
      default:
        this.upstreams.timeUp(limit, given)
    }
  }

  private clientMessage(input: ClientMessageInput, given: Given): void {
    const { client, exchange, message, bytes } = input
    if (this.refusal !== undefined) {
      const destination = message.type === 0 ? message.rawSource : 0
      const isGuest = machineOf(input.node) !== undefined
      const refusal = fault('PROXY_SWAPPED', isGuest ? SWAPPED_FOR_GUESTS : this.refusal)
      this.answers.refuse(this.answers.open(client), exchange, destination, refusal)
      return
    }
    switch (message.type) {
      case 0:
        this.exchanges.begin(client, exchange, message, bytes, given)
        return
      case 1:
        this.register(message, input)
        return
      case 2: {
        const unasked = fault(
          'UNEXPECTED_TYPE',
          'A message of type 2 is an answer: a server sends it on the connection that the message came on. What a client sends is of type 0.',
        )
        this.answers.refuse(this.answers.open(client), exchange, 0, unasked)
        return
      }
      default:
        throw unexpected(message satisfies never)
    }
  }

  private register(message: Registration, input: ClientMessageInput): void {
    const { client, address, node } = input
    const { server: id, policy, listenPort: port } = message
    const before = this.membership.get(id)
    const refusal = registrationRefusal(message, input, before !== undefined, this.membership.size)
    if (refusal !== undefined) {
      this.refuseRegistration(message, input, refusal)
      return
    }
    const isElsewhere = before?.port !== port || before.address !== address || before.node !== node
    if (before && isElsewhere) this.upstreams.forgetKept(before)
    this.membership.register({ id, policy, address, port, node })
    this.registrations.add(client, node)
    this.refused.registered(policy)
    this.effects.add({ type: 'registered', client })
  }

  private refuseRegistration(
    { server, policy }: Registration,
    { client, exchange, node }: ClientMessageInput,
    refusal: Fault,
  ): void {
    const text = this.noteRefused({ server, policy }, refusal)
    this.effects.report({ type: 'log', node, level: 'error', text })
    this.answers.refuse(this.answers.open(client), exchange, 0, refusal)
  }

  /** Returns the refusal in words. */
  private noteRefused({ server, policy }: NamedServer, refusal: Fault): string {
    const text = refusedRegistrationWords(server, policy, refusal.message)
    this.refused.add(policy, text)
    return text
  }

  private nodeRemoved(node: NodeId): void {
    this.upstreams.keepNoLonger(node)
    this.upstreams.limitReplies(node, undefined)
    this.membership.forgetNode(node)
    for (const server of this.membership.serversOf(node)) {
      this.membership.remove(server)
      this.upstreams.serverRemoved(server)
    }
  }

  private keepConnectionSet(input: Extract<Input, { type: 'keepConnectionSet' }>): void {
    const { server: id, node, keep } = input
    if (keep) {
      this.upstreams.keep(node)
      return
    }
    this.upstreams.keepNoLonger(node)
    const server = this.membership.find(id, node)
    if (server) this.upstreams.forgetKept(server)
  }
}
