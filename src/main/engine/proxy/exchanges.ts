// The proxy's side of a client's message: attempts, each with its own decision, until there is an answer or an error. In
// between it may wait, in the queue or before a retry.

import type { PassedOver } from '../../../shared/decision/reason'
import {
  limitFault,
  NOT_AGAIN,
  nobodyFault,
  queueFullFault,
  queueTimeoutFault,
  tooManyRetries,
} from '../../../shared/diagnosis/refusals'
import type { ConnectionId, ExchangeId, ProtocolId, SimMs } from '../../../shared/ids'
import { type Fault, fault } from '../../../shared/protocol/errors'
import type { AnswerMessage, ClientMessage } from '../../../shared/protocol/message'
import { visibly } from '../../../shared/visible-controls'
import { limitReached, type Traffic } from '../pools/limits'
import { NOBODY } from '../pools/nobody'
import { type FailedHow, retriesAllowed, retryAfter } from '../pools/retries'
import type { AnswerOrder } from './answer-order'
import { Decisions } from './decisions'
import type { Effects } from './effects'
import { beginRetry, type Exchange, type ExchangeLimit, isAbandoned } from './exchange'
import type { Membership } from './membership'
import type { Given } from './protocol'
import type { RefusedRegistrations } from './refused-registrations'
import type { Server } from './table'
import type { TimeLimits } from './time-limits'
import { PolicyTraffic } from './traffic'

export class Exchanges {
  private readonly decisions: Decisions
  private readonly traffic: PolicyTraffic

  constructor(
    private readonly effects: Effects,
    private readonly limits: Pick<TimeLimits<ExchangeLimit>, 'start' | 'stop'>,
    private readonly answers: AnswerOrder,
    private readonly membership: Membership,
    private readonly refused: RefusedRegistrations,
    private readonly send: (server: Server, exchange: Exchange) => void,
  ) {
    this.decisions = new Decisions(effects, membership)
    this.traffic = new PolicyTraffic(membership)
  }

  begin(
    client: ConnectionId,
    id: ExchangeId,
    message: ClientMessage,
    bytes: Uint8Array,
    given: Given,
  ): void {
    const exchange: Exchange = {
      id,
      slot: this.answers.open(client),
      message,
      bytes,
      key: undefined,
      attempts: 0,
      tried: NOBODY,
      givenAt: given.now,
      replyTimer: undefined,
      handedOver: undefined,
      failure: undefined,
      wait: undefined,
    }
    this.place(exchange)
  }

  answered(exchange: Exchange, server: Server, answer: AnswerMessage, bytes: Uint8Array): void {
    const { id, slot } = exchange
    if (exchange.failure) this.traffic.retryEnded(exchange)
    this.answers.answer(slot, {
      type: 'answer',
      client: slot.client.id,
      exchange: id,
      kind: answer.error ? 'error' : 2,
      bytes,
      payload: answer.error ? null : answer.payload,
      server: server.id,
      reason: null,
    })
  }

  /** The server has not answered: the message is tried again, or this is its end. */
  failed(exchange: Exchange, server: Server, error: Fault, how: FailedHow): void {
    this.decisions.reportFailure(exchange, server, error)
    this.traffic.retryEnded(exchange)
    if (isAbandoned(exchange)) return
    const { policy } = exchange.message
    const settings = this.membership.settingsOf(policy)
    const handedOver = exchange.handedOver !== undefined
    const { attempts } = exchange
    const retry = retryAfter(settings.retries, { how, attempts, handedOver })
    if (retry.to === 'none') {
      this.giveUp(exchange, error, retry.why === 'not retried' ? undefined : NOT_AGAIN[retry.why])
      return
    }
    const most = retriesAllowed(settings, this.traffic.of(policy))
    if (most !== undefined) {
      this.giveUp(exchange, error, tooManyRetries(most))
      return
    }
    beginRetry(exchange, server.id, error)
    this.traffic.retryBegins(exchange)
    const same = retry.to === 'same' ? server.id : undefined
    const delayMs = this.membership.pool(policy)?.backoffMs(attempts) ?? 0
    if (delayMs === 0) this.retry(exchange, error, same)
    else this.wait({ purpose: 'backoff', exchange, failure: error, same }, delayMs)
  }

  timeUp(limit: ExchangeLimit): void {
    const { exchange } = limit
    const waitedMs = this.endWait(exchange)
    if (limit.purpose === 'backoff') {
      this.retry(exchange, limit.failure, limit.same)
      return
    }
    this.traffic.dequeue(exchange)
    this.refuseQueued(exchange, queueTimeoutFault(exchange.message.policy, waitedMs), waitedMs)
  }

  /** Gives those that wait to servers that can take them now. Called when all else about an input is done. */
  serveQueues(): void {
    if (!this.traffic.hasQueues) return
    for (const policy of this.traffic.queued) this.serveQueue(policy)
  }

  private serveQueue(policy: ProtocolId): void {
    this.traffic.queueOf(policy)?.serve((exchange) => {
      const canTake = this.membership.pool(policy)?.canTake === true
      if (!canTake || this.limitReached(policy, 'inFlight') !== undefined) return 'nobody now'
      const chosen = this.decisions.choose(exchange)
      if (chosen?.server === undefined) {
        return exchange.tried.length === 0 ? 'nobody now' : 'not now'
      }
      this.decisions.report(exchange, chosen, this.endWait(exchange))
      this.send(chosen.server, exchange)
      return 'served'
    })
    this.traffic.forgetIfEmpty(policy)
  }

  /** Where the policy has no queue any more, those that wait are refused, unless a server can take them. */
  poolConfigured(policy: ProtocolId): void {
    const queue = this.traffic.queueOf(policy)
    if (queue === undefined || this.membership.settingsOf(policy).queue !== 'off') return
    this.serveQueues()
    const passedOver = this.membership.pool(policy)?.passedOver ?? []
    for (const exchange of queue) {
      this.traffic.dequeue(exchange)
      this.refuseQueued(exchange, nobodyFault(policy, passedOver), this.endWait(exchange))
    }
  }

  /** The messages of a client that has left do not wait any more. */
  clientLeft(): void {
    for (const exchange of this.traffic.all()) {
      if (!isAbandoned(exchange)) continue
      if (exchange.wait) this.endWait(exchange)
      this.traffic.dequeue(exchange)
      this.traffic.retryEnded(exchange)
    }
  }

  /** A new message goes to a server, or into the queue, or back. */
  private place(exchange: Exchange): void {
    const { policy } = exchange.message
    // Nobody passes those that wait for a server that is free by now.
    this.serveQueue(policy)
    const most = this.limitReached(policy, 'inFlight')
    if (most !== undefined) {
      this.refuse(exchange, limitFault(policy, most, 'inFlight'))
      return
    }
    const pool = this.membership.pool(policy)
    if (pool === undefined) {
      this.decisions.report(exchange, undefined)
      this.refuse(exchange, this.noServerFault(policy))
      return
    }
    const chosen = this.decisions.choose(exchange, pool)
    if (chosen?.server) {
      this.decisions.report(exchange, chosen)
      this.send(chosen.server, exchange)
      return
    }
    const passedOver = chosen?.passedOver ?? pool.passedOver
    const mayWait = this.mayWait(policy, passedOver)
    const refusal = mayWait ? this.queueFault(policy) : nobodyFault(policy, passedOver)
    if (refusal === undefined) {
      this.enqueue(exchange)
      return
    }
    this.decisions.report(exchange, { server: undefined, passedOver })
    this.refuse(exchange, refusal)
  }

  /** `failure`: how the last attempt ended. `same`: the server that gets it again. */
  private retry(exchange: Exchange, failure: Fault, same: ProtocolId | undefined): void {
    const { policy } = exchange.message
    const most = this.limitReached(policy, 'inFlight')
    if (most !== undefined) {
      this.giveUp(exchange, failure, limitFault(policy, most, 'inFlight').message)
      return
    }
    const chosen =
      same === undefined
        ? this.decisions.choose(exchange)
        : this.decisions.chooseAgain(exchange, same)
    if (chosen?.server) {
      this.decisions.report(exchange, chosen)
      this.send(chosen.server, exchange)
      return
    }
    const mayWait = chosen !== undefined && this.mayWait(policy, chosen.passedOver)
    const full = mayWait ? this.queueFault(policy) : undefined
    if (mayWait && full === undefined) this.enqueue(exchange)
    else this.giveUp(exchange, failure, full?.message)
  }

  private enqueue(exchange: Exchange): void {
    const { policy } = exchange.message
    const { queue } = this.membership.settingsOf(policy)
    if (queue === 'off') return
    const position = this.traffic.enqueue(exchange)
    this.wait({ purpose: 'queue', exchange }, queue.timeoutMs)
    this.effects.report({ type: 'exchange.queued', exchange: exchange.id, policy, position })
  }

  /** HAProxy's rule: a message waits for a server that is full, not for one that is down. */
  private mayWait(policy: ProtocolId, passedOver: readonly PassedOver[]): boolean {
    const { queue } = this.membership.settingsOf(policy)
    return queue !== 'off' && passedOver.some(({ why }) => why === 'full')
  }

  /** Why one more may not wait. */
  private queueFault(policy: ProtocolId): Fault | undefined {
    const { queue } = this.membership.settingsOf(policy)
    if (queue !== 'off' && this.traffic.of(policy).waiting >= queue.max) {
      return queueFullFault(policy, queue.max)
    }
    const most = this.limitReached(policy, 'waiting')
    return most === undefined ? undefined : limitFault(policy, most, 'waiting')
  }

  private wait(limit: ExchangeLimit, delayMs: SimMs): void {
    const { exchange } = limit
    const timer = this.limits.start(limit, exchange.id, delayMs)
    exchange.wait = { since: this.membership.now, timer }
  }

  /** Returns how long it has waited. */
  private endWait(exchange: Exchange): SimMs {
    const { wait } = exchange
    if (wait === undefined) throw new Error(`The exchange ${exchange.id} does not wait.`)
    this.limits.stop(wait.timer)
    exchange.wait = undefined
    return this.membership.now - wait.since
  }

  /** Without circuit breakers there is nothing to count. */
  private limitReached(policy: ProtocolId, of: keyof Traffic): number | undefined {
    const { limits } = this.membership.settingsOf(policy)
    return limits === 'off' ? undefined : limitReached(limits, this.traffic.of(policy), of)
  }

  private noServerFault(policy: ProtocolId): Fault {
    const sentences = [visibly`No server is registered for policy ${policy}.`]
    const refusal = this.refused.of(policy)
    if (refusal !== undefined) sentences.push(refusal)
    return fault('NO_SERVER_FOR_POLICY', sentences.join(' '))
  }

  private refuse({ id, slot, message }: Exchange, refusal: Fault): void {
    this.answers.refuse(slot, id, message.rawSource, refusal)
  }

  /** It has waited in vain. */
  private refuseQueued(exchange: Exchange, refusal: Fault, waitedMs: SimMs): void {
    const passedOver = this.membership.pool(exchange.message.policy)?.passedOver ?? []
    this.decisions.report(exchange, { server: undefined, passedOver }, waitedMs)
    if (exchange.failure) this.giveUp(exchange, exchange.failure, refusal.message)
    else this.refuse(exchange, refusal)
  }

  /** Answers with how the last attempt ended, and why there is no further one. */
  private giveUp(exchange: Exchange, failure: Fault, why?: string): void {
    const { id, slot, message } = exchange
    this.traffic.retryEnded(exchange)
    const told = why === undefined ? failure : fault(failure.code, `${failure.message} ${why}`)
    this.answers.answerError(slot, id, message.rawSource, told)
  }
}
