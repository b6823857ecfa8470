// Asks a policy's pool for a server, and reports what came of it.

import type { EventBody } from '../../../shared/events'
import type { ProtocolId, SimMs } from '../../../shared/ids'
import type { Fault } from '../../../shared/protocol/errors'
import type { Dispatch, Nobody } from '../pools/dispatch'
import { keyOf } from '../pools/key-of'
import { NOBODY } from '../pools/nobody'
import type { Effects } from './effects'
import type { Exchange } from './exchange'
import type { Membership } from './membership'
import type { Server } from './table'

type Decision = Extract<EventBody, { type: 'decision.made' }>

/** Undefined: nobody serves the policy. */
type Chosen = Dispatch<Server> | Nobody | undefined

export class Decisions {
  constructor(
    private readonly effects: Effects,
    private readonly membership: Membership,
  ) {}

  choose(exchange: Exchange): Chosen {
    const { policy } = exchange.message
    const key = this.membership.usesKey(policy) ? this.keyOf(exchange) : ''
    const waited = exchange.wait !== undefined
    return this.membership.pool(policy)?.dispatch(key, exchange.tried, waited)
  }

  /** Found once for all its attempts, while the policy goes by the same field. */
  private keyOf(exchange: Exchange): string {
    const { message, bytes, key } = exchange
    const { hashKey: field } = this.membership.settingsOf(message.policy)
    if (key?.field === field) return key.text
    const text = keyOf(message, bytes, field)
    exchange.key = { field, text }
    return text
  }

  /** The server of the last attempt, if it can get the message again; else another one. */
  chooseAgain(exchange: Exchange, server: ProtocolId): Chosen {
    const pool = this.membership.pool(exchange.message.policy)
    return pool?.again(server) ?? this.choose(exchange)
  }

  /** `waitedMs`: of a message that was in the queue. */
  report(exchange: Exchange, chosen: Chosen, waitedMs?: SimMs): void {
    const { policy } = exchange.message
    const pool = this.membership.pool(policy)
    const { next, coming } = this.membership.takeNext(policy)
    const decision: Decision = {
      type: 'decision.made',
      exchange: exchange.id,
      attempt: exchange.attempts + 1,
      policy,
      algorithm: this.membership.settingsOf(policy).algorithm,
      server: chosen?.server?.id ?? null,
      candidates: pool?.ids ?? NOBODY,
      passedOver: chosen?.passedOver ?? [],
      reason: chosen?.server ? chosen.reason : null,
      next,
    }
    if (coming !== undefined) decision.coming = coming
    if (waitedMs !== undefined) decision.waitedMs = waitedMs
    if (chosen?.server) {
      exchange.attempts++
      if (chosen.others !== undefined) decision.others = chosen.others
      if (chosen.panic) Object.assign(decision, { panic: true }, chosen.panic)
    }
    this.effects.report(decision)
  }

  reportFailure(exchange: Exchange, server: Server, error: Fault): void {
    this.effects.report({
      type: 'upstream.failed',
      exchange: exchange.id,
      server: server.id,
      reason: error.code,
      detail: error.message,
    })
  }
}
