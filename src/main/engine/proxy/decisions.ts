// Asks a policy's pool for a server, and reports what came of it.
import type { ProtocolId, SimMs } from '../../../shared/ids'
import type { Fault } from '../../../shared/protocol/errors'
import type { Dispatch, Nobody } from '../pools/dispatch'
import { keyOf } from '../pools/key-of'
import type { Effects } from './effects'
import type { Exchange } from './exchange'
import type { Membership } from './membership'
import type { Server } from './table'

/** Undefined: nobody serves the policy. */
type Chosen = Dispatch<Server> | Nobody | undefined

const NOBODY: readonly ProtocolId[] = []

export class Decisions {
  constructor(
    private readonly effects: Effects,
    private readonly membership: Membership,
  ) {}

  choose({ message, bytes, tried }: Exchange): Chosen {
    const pool = this.membership.pool(message.policy)
    const { hashKey } = this.membership.settingsOf(message.policy)
    return pool?.dispatch(keyOf(message, bytes, hashKey), tried)
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
    this.effects.report({
      type: 'decision.made',
      exchange: exchange.id,
      attempt: exchange.attempts + 1,
      policy,
      algorithm: this.membership.settingsOf(policy).algorithm,
      server: chosen?.server?.id ?? null,
      candidates: pool?.ids ?? NOBODY,
      passedOver: chosen?.passedOver ?? [],
      reason: chosen?.server ? chosen.reason : null,
      ...this.membership.takeNext(policy),
      ...(chosen?.server && chosen.others && { others: chosen.others }),
      ...(waitedMs !== undefined && { waitedMs }),
      ...(chosen?.server && chosen.panic && { panic: true }),
    })
    if (chosen?.server) exchange.attempts++
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
