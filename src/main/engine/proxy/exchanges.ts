// The proxy's side of a client's message: attempts, each with its own decision, until there is an answer or an error.

import {
  limitFault,
  NOT_AGAIN,
  nobodyFault,
  tooManyRetries,
} from '../../../shared/diagnosis/refusals'
import type { ConnectionId, ExchangeId, ProtocolId } from '../../../shared/ids'
import type { Fault } from '../../../shared/protocol/errors'
import type { AnswerMessage, ClientMessage } from '../../../shared/protocol/message'
import { NOBODY } from '../pools/nobody'
import { type FailedHow, retriesAllowed, retryAfter } from '../pools/retries'
import type { AnswerOrder } from './answer-order'
import { Decisions } from './decisions'
import type { Effects } from './effects'
import { beginRetry, type Exchange, type ExchangeLimit, isAbandoned } from './exchange'
import type { Given } from './given'
import type { Membership } from './membership'
import { Queueing } from './queueing'
import { Refusals } from './refusals'
import type { RefusedRegistrations } from './refused-registrations'
import type { Server } from './table'
import type { TimeLimits } from './time-limits'
import { PolicyTraffic } from './traffic'
import { Waits } from './waits'

export class Exchanges {
  private readonly decisions: Decisions
  private readonly traffic: PolicyTraffic
  private readonly waits: Waits
  private readonly refusals: Refusals
  readonly queueing: Queueing

  constructor(
    private readonly effects: Effects,
    limits: Pick<TimeLimits<ExchangeLimit>, 'start' | 'stop'>,
    private readonly answers: AnswerOrder,
    private readonly membership: Membership,
    refused: RefusedRegistrations,
    private readonly send: (server: Server, exchange: Exchange) => void,
  ) {
    this.decisions = new Decisions(effects, membership)
    this.traffic = new PolicyTraffic(membership)
    this.waits = new Waits(limits, membership)
    this.refusals = new Refusals(answers, refused, this.traffic)
    this.queueing = new Queueing(
      effects,
      membership,
      this.traffic,
      this.decisions,
      this.waits,
      this.refusals,
      send,
    )
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
      handedOver: undefined,
      failure: undefined,
      wait: undefined,
    }
    this.place(exchange)
  }

  answered(exchange: Exchange, server: Server, answer: AnswerMessage, bytes: Uint8Array): void {
    const { id, slot } = exchange
    if (exchange.failure) this.traffic.retryEnded(exchange)
    if (!answer.error && answer.destination !== exchange.message.source) {
      this.effects.report({ type: 'answer.misaddressed', exchange: id, server: server.id })
    }
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
      this.refusals.giveUp(
        exchange,
        error,
        retry.why === 'not retried' ? undefined : NOT_AGAIN[retry.why],
      )
      return
    }
    const most = retriesAllowed(settings, this.traffic.of(policy))
    if (most !== undefined) {
      this.refusals.giveUp(exchange, error, tooManyRetries(most))
      return
    }
    beginRetry(exchange, server.id, error)
    this.traffic.retryBegins(exchange)
    const same = retry.to === 'same' ? server.id : undefined
    const delayMs = this.membership.pool(policy)?.backoffMs(attempts) ?? 0
    if (delayMs === 0) this.retry(exchange, error, same)
    else this.waits.begin({ purpose: 'backoff', exchange, failure: error, same }, delayMs)
  }

  timeUp(limit: ExchangeLimit): void {
    const { exchange } = limit
    const waitedMs = this.waits.end(exchange)
    if (limit.purpose === 'backoff') this.retry(exchange, limit.failure, limit.same)
    else this.queueing.timeUp(exchange, waitedMs)
  }

  /** The messages of a client that has left do not wait any more. */
  clientLeft(): void {
    for (const exchange of this.traffic.all()) {
      if (!isAbandoned(exchange)) continue
      if (exchange.wait) this.waits.end(exchange)
      this.queueing.leave(exchange)
      this.traffic.retryEnded(exchange)
    }
  }

  /** A new message goes to a server, or into the queue, or back. */
  private place(exchange: Exchange): void {
    const { policy } = exchange.message
    // A new message does not pass the messages that wait.
    this.queueing.serve(policy)
    const most = this.traffic.limitReached(policy, 'inFlight')
    if (most !== undefined) {
      this.refusals.refuse(exchange, limitFault(policy, most, 'inFlight'))
      return
    }
    const chosen = this.decisions.choose(exchange)
    if (chosen === undefined) {
      this.decisions.report(exchange, chosen)
      this.refusals.refuse(exchange, this.refusals.noServer(policy))
      return
    }
    if (chosen.server) {
      this.decisions.report(exchange, chosen)
      this.send(chosen.server, exchange)
      return
    }
    const queued = this.queueing.enqueue(exchange, chosen.passedOver)
    if (queued.waits) return
    this.decisions.report(exchange, chosen)
    this.refusals.refuse(exchange, queued.why ?? nobodyFault(policy, chosen.passedOver))
  }

  /** `failure`: how the last attempt ended. `same`: the server that gets it again. */
  private retry(exchange: Exchange, failure: Fault, same: ProtocolId | undefined): void {
    const { policy } = exchange.message
    const most = this.traffic.limitReached(policy, 'inFlight')
    if (most !== undefined) {
      this.refusals.giveUp(exchange, failure, limitFault(policy, most, 'inFlight').message)
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
    const queued = chosen && this.queueing.enqueue(exchange, chosen.passedOver)
    if (!queued?.waits) this.refusals.giveUp(exchange, failure, queued?.why?.message)
  }
}
