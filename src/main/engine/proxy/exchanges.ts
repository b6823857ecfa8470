// The proxy's side of a client's message: attempts, each with its own decision, until there is an answer or an error.
import type { ConnectionId, ExchangeId, ProtocolId, SimMs } from '../../../shared/ids'
import { type Fault, fault } from '../../../shared/protocol/errors'
import type { AnswerMessage, ClientMessage } from '../../../shared/protocol/message'
import { visibly } from '../../../shared/visible-controls'
import { keyOf } from '../pools/key-of'
import type { Dispatch } from '../pools/pool'
import type { AnswerOrder, Slot } from './answer-order'
import type { Effects } from './effects'
import type { Membership } from './membership'
import type { Given, TimerId } from './protocol'
import type { RefusedRegistrations } from './refused-registrations'
import type { Server } from './table'

/** A client's message until it has its answer. */
export interface Exchange {
  readonly id: ExchangeId
  readonly slot: Slot
  readonly message: ClientMessage
  readonly bytes: Uint8Array
  /** The servers of earlier attempts. */
  tried: readonly ProtocolId[]
  /** When the present attempt's server was given the message, before it travelled there. */
  givenAt: SimMs
  /** The limit for the answer, from when the server has the message. */
  replyTimer: TimerId | undefined
  /** When the server got the message, and which one it was of all that servers were handed, counted from 1. */
  handedOver: { readonly at: SimMs; readonly number: number } | undefined
}

/** Its client has left: the answer, if there will be one, is for nobody. */
export function isAbandoned({ slot }: Exchange): boolean {
  return slot.client.left
}

const NOBODY: readonly ProtocolId[] = []

export class Exchanges {
  constructor(
    private readonly effects: Effects,
    private readonly answers: AnswerOrder,
    private readonly membership: Membership,
    private readonly refused: RefusedRegistrations,
    private readonly send: (server: Server, exchange: Exchange) => void,
  ) {}

  begin(
    client: ConnectionId,
    id: ExchangeId,
    message: ClientMessage,
    bytes: Uint8Array,
    given: Given,
  ): void {
    const slot = this.answers.open(client)
    const exchange: Exchange = {
      id,
      slot,
      message,
      bytes,
      tried: NOBODY,
      givenAt: given.now,
      replyTimer: undefined,
      handedOver: undefined,
    }
    const dispatch = this.dispatch(exchange, given)
    this.reportDecision(exchange, dispatch)
    if (dispatch) {
      this.send(dispatch.server, exchange)
      return
    }
    const { policy, rawSource } = message
    const sentences = [visibly`No server is registered for policy ${policy}.`]
    const refusal = this.refused.of(policy)
    if (refusal !== undefined) sentences.push(refusal)
    const nobody = fault('NO_SERVER_FOR_POLICY', sentences.join(' '))
    this.answers.refuse(slot, id, rawSource, nobody)
  }

  answered({ id, slot }: Exchange, server: Server, answer: AnswerMessage, bytes: Uint8Array): void {
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

  /** The server could not be reached and has nothing of the message: another one of the policy may get it. */
  unreachable(exchange: Exchange, server: Server, error: Fault, given: Given): void {
    this.reportFailure(exchange, server, error)
    if (isAbandoned(exchange)) return
    exchange.tried = [...exchange.tried, server.id]
    const dispatch = this.dispatch(exchange, given)
    if (dispatch === undefined) {
      this.giveUp(exchange, error)
      return
    }
    this.reportDecision(exchange, dispatch)
    this.send(dispatch.server, exchange)
  }

  /** The server may have the message, and has not answered it: a second attempt could carry it out twice. */
  failed(exchange: Exchange, server: Server, error: Fault): void {
    this.reportFailure(exchange, server, error)
    this.giveUp(exchange, error)
  }

  private giveUp({ id, slot, message }: Exchange, error: Fault): void {
    this.answers.answerError(slot, id, message.rawSource, error)
  }

  private dispatch(exchange: Exchange, { now }: Given): Dispatch<Server> | undefined {
    const { message, bytes, tried } = exchange
    const pool = this.membership.pool(message.policy)
    const { hashKey } = this.membership.settingsOf(message.policy)
    return pool?.dispatch({ key: keyOf(message, bytes, hashKey), now }, tried)
  }

  private reportDecision(exchange: Exchange, dispatch: Dispatch<Server> | undefined): void {
    const { policy } = exchange.message
    const pool = this.membership.pool(policy)
    this.effects.report({
      type: 'decision.made',
      exchange: exchange.id,
      attempt: exchange.tried.length + 1,
      policy,
      algorithm: this.membership.settingsOf(policy).algorithm,
      server: dispatch?.server.id ?? null,
      candidates: pool?.ids ?? NOBODY,
      passedOver: dispatch?.passedOver ?? [],
      reason: dispatch?.reason ?? null,
      ...this.membership.takeNext(policy),
      ...(dispatch?.others && { others: dispatch.others }),
    })
  }

  private reportFailure(exchange: Exchange, server: Server, error: Fault): void {
    this.effects.report({
      type: 'upstream.failed',
      exchange: exchange.id,
      server: server.id,
      reason: error.code,
      detail: error.message,
    })
  }
}
