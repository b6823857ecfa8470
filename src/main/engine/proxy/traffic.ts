// What does each policy have beside the messages that its servers have: which wait, and which are being tried again?
import type { ProtocolId } from '../../../shared/ids'
import { limitReached, type Traffic } from '../pools/limits'
import { Queue } from '../pools/queue'
import type { Exchange } from './exchange'
import type { Membership } from './membership'

export class PolicyTraffic {
  /** The queues that are not empty, by policy. */
  private readonly queues = new Map<ProtocolId, Queue<Exchange>>()
  private readonly retrying = new Map<ProtocolId, Set<Exchange>>()

  constructor(private readonly membership: Membership) {}

  of(policy: ProtocolId): Traffic {
    return {
      inFlight: this.membership.pool(policy)?.inFlight ?? 0,
      waiting: this.queues.get(policy)?.size ?? 0,
      retries: this.retrying.get(policy)?.size ?? 0,
    }
  }

  /** The limit that one more would exceed. Without circuit breakers there is nothing to count. */
  limitReached(policy: ProtocolId, of: keyof Traffic): number | undefined {
    const { limits } = this.membership.settingsOf(policy)
    return limits === 'off' ? undefined : limitReached(limits, this.of(policy), of)
  }

  get hasQueues(): boolean {
    return this.queues.size > 0
  }

  /** The policies with a queue that is not empty. */
  get queued(): IterableIterator<ProtocolId> {
    return this.queues.keys()
  }

  queueOf(policy: ProtocolId): Queue<Exchange> | undefined {
    return this.queues.get(policy)
  }

  /** Returns its place, counted from 1. */
  enqueue(exchange: Exchange): number {
    const { policy } = exchange.message
    let queue = this.queues.get(policy)
    if (queue === undefined) {
      queue = new Queue()
      this.queues.set(policy, queue)
    }
    return queue.add(exchange)
  }

  /** Returns whether it waited. */
  dequeue(exchange: Exchange): boolean {
    const waited = this.queues.get(exchange.message.policy)?.remove(exchange) ?? false
    this.forgetIfEmpty(exchange.message.policy)
    return waited
  }

  forgetIfEmpty(policy: ProtocolId): void {
    if (this.queues.get(policy)?.size === 0) this.queues.delete(policy)
  }

  /** A retry has been decided on. It counts until its attempt has ended, also while it waits. */
  retryBegins(exchange: Exchange): void {
    const { policy } = exchange.message
    const retrying = this.retrying.get(policy)
    if (retrying) retrying.add(exchange)
    else this.retrying.set(policy, new Set([exchange]))
  }

  /** Does nothing where it is no retry. */
  retryEnded(exchange: Exchange): void {
    const { policy } = exchange.message
    const retrying = this.retrying.get(policy)
    if (retrying?.delete(exchange) && retrying.size === 0) this.retrying.delete(policy)
  }

  /** Those that wait in a queue, and those that are being tried again: a message may be among both. */
  all(): ReadonlySet<Exchange> {
    const all = new Set<Exchange>()
    for (const group of [...this.queues.values(), ...this.retrying.values()]) {
      for (const exchange of group) all.add(exchange)
    }
    return all
  }
}
