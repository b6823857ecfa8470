// What does a client get when no server answers its message?
import type { ProtocolId } from '../../../shared/ids'
import { type Fault, fault } from '../../../shared/protocol/errors'
import { visibly } from '../../../shared/visible-controls'
import type { AnswerOrder } from './answer-order'
import type { Exchange } from './exchange'
import type { RefusedRegistrations } from './refused-registrations'
import type { PolicyTraffic } from './traffic'

export class Refusals {
  constructor(
    private readonly answers: AnswerOrder,
    private readonly refused: RefusedRegistrations,
    private readonly traffic: PolicyTraffic,
  ) {}

  /** No server was given the message. */
  refuse({ id, slot, message }: Exchange, refusal: Fault): void {
    this.answers.refuse(slot, id, message.rawSource, refusal)
  }

  /** Answers with how the last attempt ended, and why there is no further one. */
  giveUp(exchange: Exchange, failure: Fault, why?: string): void {
    const { id, slot, message } = exchange
    this.traffic.retryEnded(exchange)
    const told = why === undefined ? failure : fault(failure.code, `${failure.message} ${why}`)
    this.answers.answerError(slot, id, message.rawSource, told)
  }

  /** Nobody serves the policy; a server that was refused may have meant to. */
  noServer(policy: ProtocolId): Fault {
    const sentences = [visibly`No server is registered for policy ${policy}.`]
    const refusal = this.refused.of(policy)
    if (refusal !== undefined) sentences.push(refusal)
    return fault('NO_SERVER_FOR_POLICY', sentences.join(' '))
  }
}
