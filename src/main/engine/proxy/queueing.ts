// Which messages wait for a server that is full, and which of them is next when a server has room?
import type { PassedOver } from '../../../shared/decision/reason'
import {
  limitFault,
  nobodyFault,
  queueFullFault,
  queueTimeoutFault,
} from '../../../shared/diagnosis/refusals'
import type { ProtocolId, SimMs } from '../../../shared/ids'
import type { Fault } from '../../../shared/protocol/errors'
import type { Decisions } from './decisions'
import type { Effects } from './effects'
import type { Exchange } from './exchange'
import type { Membership } from './membership'
import type { Refusals } from './refusals'
import type { Server } from './table'
import type { PolicyTraffic } from './traffic'
import type { Waits } from './waits'

/** `why`: it could have waited, but there is no room; undefined: there is no queue, or no server is full. */
type Queued = { readonly waits: true } | { readonly waits: false; readonly why: Fault | undefined }

export class Queueing {
  constructor(
    private readonly effects: Effects,
    private readonly membership: Membership,
    private readonly traffic: PolicyTraffic,
    private readonly decisions: Decisions,
    private readonly waits: Waits,
    private readonly refusals: Refusals,
    private readonly send: (server: Server, exchange: Exchange) => void,
  ) {}

  /** Lets the message wait, if it may. HAProxy's rule: it waits for a server that is full, not for one that is down. */
  enqueue(exchange: Exchange, passedOver: readonly PassedOver[]): Queued {
    const { policy } = exchange.message
    const { queue } = this.membership.settingsOf(policy)
    if (queue === 'off' || !passedOver.some(({ why }) => why === 'full')) {
      return { waits: false, why: undefined }
    }
    const why = this.noRoom(policy, queue.max)
    if (why !== undefined) return { waits: false, why }
    const position = this.traffic.enqueue(exchange)
    if (position === 1) this.membership.pool(policy)?.queueBegins()
    this.waits.begin({ purpose: 'queue', exchange }, queue.timeoutMs)
    this.effects.report({ type: 'exchange.queued', exchange: exchange.id, policy, position })
    return { waits: true }
  }

  /** Gives the messages that wait to servers that can take them now. Called when all else about an input is done. */
  serveAll(): void {
    if (!this.traffic.hasQueues) return
    for (const policy of this.traffic.queued) this.serve(policy)
  }

  serve(policy: ProtocolId): void {
    const queue = this.traffic.queueOf(policy)
    if (queue === undefined) return
    queue.serve((exchange) => {
      const canTake = this.membership.pool(policy)?.canTake === true
      if (!canTake || this.traffic.limitReached(policy, 'inFlight') !== undefined) {
        return 'nobody now'
      }
      const chosen = this.decisions.choose(exchange)
      if (chosen?.server === undefined) {
        return exchange.tried.length === 0 ? 'nobody now' : 'not now'
      }
      this.decisions.report(exchange, chosen, this.waits.end(exchange))
      this.send(chosen.server, exchange)
      return 'served'
    })
    this.traffic.forgetIfEmpty(policy)
  }

  /** Where the policy has no queue any more, messages that wait are refused, unless a server can take them. */
  poolConfigured(policy: ProtocolId): void {
    const queue = this.traffic.queueOf(policy)
    if (queue === undefined || this.membership.settingsOf(policy).queue !== 'off') return
    this.serveAll()
    const passedOver = this.membership.pool(policy)?.passedOver ?? []
    for (const exchange of queue) {
      this.refuse(exchange, nobodyFault(policy, passedOver), this.waits.end(exchange))
    }
  }

  /** The longest wait is over. */
  timeUp(exchange: Exchange, waitedMs: SimMs): void {
    this.refuse(exchange, queueTimeoutFault(exchange.message.policy, waitedMs), waitedMs)
  }

  /**
   * Removes a message whose client has left. It has an event of its own, because for the client the message may have ended
   * before it was queued.
   */
  leave(exchange: Exchange): void {
    if (!this.traffic.dequeue(exchange)) return
    const { policy } = exchange.message
    this.effects.report({ type: 'queue.left', exchange: exchange.id, policy })
  }

  private noRoom(policy: ProtocolId, max: number): Fault | undefined {
    if (this.traffic.of(policy).waiting >= max) return queueFullFault(policy, max)
    const most = this.traffic.limitReached(policy, 'waiting')
    return most === undefined ? undefined : limitFault(policy, most, 'waiting')
  }

  /** The message has waited, and gets no server. */
  private refuse(exchange: Exchange, refusal: Fault, waitedMs: SimMs): void {
    this.traffic.dequeue(exchange)
    const passedOver = this.membership.pool(exchange.message.policy)?.passedOver ?? []
    this.decisions.report(exchange, { server: undefined, passedOver }, waitedMs)
    if (exchange.failure) this.refusals.giveUp(exchange, exchange.failure, refusal.message)
    else this.refusals.refuse(exchange, refusal)
  }
}
