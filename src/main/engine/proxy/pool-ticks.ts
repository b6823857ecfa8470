// What happens in pools without a message: sweeps of ejected servers, and steps of slow starts. One timer for each policy.
import type { ProtocolId, SimMs } from '../../../shared/ids'
import type { Membership } from './membership'
import type { TimerId } from './protocol'
import type { TimeLimits } from './time-limits'

export interface TickLimit {
  readonly purpose: 'tick'
  readonly policy: ProtocolId
}

export class PoolTicks {
  private readonly running = new Map<ProtocolId, { timer: TimerId; at: SimMs }>()

  constructor(
    private readonly limits: Pick<TimeLimits<TickLimit>, 'start' | 'stop'>,
    private readonly membership: Membership,
  ) {}

  /** Something has changed in this policy's pool. */
  changed(policy: ProtocolId): void {
    const at = this.membership.pool(policy)?.nextTick()
    const running = this.running.get(policy)
    if (running?.at === at) return
    this.limits.stop(running?.timer)
    this.running.delete(policy)
    if (at === undefined) return
    const timer = this.limits.start({ purpose: 'tick', policy }, 0, at - this.membership.now)
    this.running.set(policy, { timer, at })
  }

  timeUp({ policy }: TickLimit): void {
    this.running.delete(policy)
    this.membership.tick(policy)
    this.changed(policy)
  }
}
