// How long does a message wait, in the queue or before a retry?
import type { SimMs } from '../../../shared/ids'
import type { Exchange, ExchangeLimit } from './exchange'
import type { Membership } from './membership'
import type { TimeLimits } from './time-limits'

export class Waits {
  constructor(
    private readonly limits: Pick<TimeLimits<ExchangeLimit>, 'start' | 'stop'>,
    private readonly membership: Pick<Membership, 'now'>,
  ) {}

  begin(limit: ExchangeLimit, delayMs: SimMs): void {
    const { exchange } = limit
    const timer = this.limits.start(limit, exchange.id, delayMs)
    exchange.wait = { since: this.membership.now, timer }
  }

  /** Returns how long it has waited. */
  end(exchange: Exchange): SimMs {
    const { wait } = exchange
    if (wait === undefined) throw new Error(`The exchange ${exchange.id} does not wait.`)
    this.limits.stop(wait.timer)
    exchange.wait = undefined
    return this.membership.now - wait.since
  }
}
