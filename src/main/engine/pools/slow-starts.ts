// The slow starts of a pool: which servers have come back lately, and what counts of their weights and limits.
import type { SimMs } from '../../../shared/ids'
import { isSameValue } from '../../../shared/settings/derive'
import { hasSlowStart, type PoolValues } from '../../../shared/settings/pool'
import type { PoolServer } from './pool-server'
import { limitNow, lookEveryMs, shareOf } from './slow-start'

interface Start {
  readonly since: SimMs
  share: number
  nextLook: SimMs
}

export class SlowStarts<S extends PoolServer> {
  private readonly starts = new Map<S, Start>()
  private settings: PoolValues['slowStart']
  private isWeighed = false

  constructor(
    pool: PoolValues,
    private readonly time: { readonly now: SimMs },
  ) {
    this.settings = inUse(pool)
  }

  get isInUse(): boolean {
    return this.settings !== 'off'
  }

  /** With other settings, or with an algorithm that knows no slow start, every slow start is over. */
  configure(pool: PoolValues, servers: readonly S[]): void {
    const settings = inUse(pool)
    if (isSameValue(settings, this.settings)) return
    this.settings = settings
    this.starts.clear()
    this.weighAll(servers)
  }

  /** Envoy's slow start is for new servers, too; HAProxy's is not. */
  joined(server: S): void {
    if (this.settings !== 'off' && this.settings.way === 'envoy') this.back(server)
  }

  /** The server was down and is not any more. */
  back(server: S): void {
    if (this.settings === 'off') return
    const { now } = this.time
    const nextLook = now + lookEveryMs(this.settings)
    this.starts.set(server, { since: now, share: shareOf(this.settings, now, now), nextLook })
    this.weigh(server)
  }

  left(server: S): void {
    this.starts.delete(server)
    this.weigh(server)
  }

  /** What counts of its weight, in per cent; undefined: all of it. */
  percentOf(server: S): number | undefined {
    if (this.starts.size === 0) return undefined
    const share = this.starts.get(server)?.share
    return share && Math.min(99, Math.max(1, Math.round(100 * share)))
  }

  nextLook(): SimMs | undefined {
    let soonest: SimMs | undefined
    for (const { nextLook } of this.starts.values()) {
      if (soonest === undefined || nextLook < soonest) soonest = nextLook
    }
    return soonest
  }

  /** Looks at those that are due. */
  look(): void {
    if (this.settings === 'off') return
    const { now } = this.time
    for (const [server, start] of this.starts) {
      if (start.nextLook > now) continue
      start.share = shareOf(this.settings, start.since, now)
      start.nextLook = now + lookEveryMs(this.settings)
      if (start.share === 1) this.starts.delete(server)
      this.weigh(server)
    }
  }

  /** Gives each server the weight and the limit that count now. */
  weighAll(servers: readonly S[]): void {
    for (const server of servers) this.weigh(server)
  }

  /** Whether that of any server has changed since this was last called. */
  takeWeighed(): boolean {
    const { isWeighed } = this
    this.isWeighed = false
    return isWeighed
  }

  private weigh(server: S): void {
    const start = this.starts.get(server)
    const { settings } = this
    const { weight, maxConnections } = server.settings
    const now = weight * (start?.share ?? 1)
    if (server.weight !== now) this.isWeighed = true
    server.weight = now
    server.maxConnections =
      start === undefined || settings === 'off'
        ? maxConnections
        : limitNow(settings, maxConnections, start.since, this.time.now)
  }
}

function inUse({ slowStart, algorithm }: PoolValues): PoolValues['slowStart'] {
  return hasSlowStart(algorithm) ? slowStart : 'off'
}
