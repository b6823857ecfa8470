// Everything that a pool knows of its servers' health: one guard for each feature that is on, and slow starts.
import { isOutside, type SimMs } from '../../../shared/ids'
import { isSameValue } from '../../../shared/settings/derive'
import type { PoolValues } from '../../../shared/settings/pool'
import type { Unhealthy } from './available'
import { Breakers } from './health/breakers'
import { EnvoyOutliers } from './health/envoy-outliers'
import {
  type Guard,
  type Happening,
  type HealthGuard,
  type ServerCondition,
  UP,
} from './health/guard'
import { HaproxyChecks } from './health/haproxy-checks'
import { NginxHealth } from './health/nginx-health'
import { OwnRule } from './health/own-rule'
import type { Outcome } from './outcome'
import type { PoolServer } from './pool-server'
import { SlowStarts } from './slow-starts'

/** nginx's default: the first failure is one too many. */
const MAX_FAILS = 1

export class Guards<S extends PoolServer> {
  private checks: HaproxyChecks<S> | undefined
  private outliers: EnvoyOutliers<S> | undefined
  private passive: NginxHealth<S> | undefined
  private breakers: Breakers<S> | undefined
  private ownRule: OwnRule<S> | undefined
  /** Those that are there. Of several causes, a row and a receipt tell the first one's. */
  private all: readonly Guard<S>[] = []
  /** Those of them that say whether a server is healthy: all but breakers. */
  private judges: readonly HealthGuard<S>[] = []
  private readonly slowStarts: SlowStarts<S>

  constructor(
    private settings: PoolValues,
    private readonly servers: readonly S[],
    private readonly time: { readonly now: SimMs },
  ) {
    this.slowStarts = new SlowStarts(settings, time)
    this.begin(settings)
  }

  get hasOwnRule(): boolean {
    return this.ownRule !== undefined
  }

  get judgesHashes(): boolean {
    const { health } = this.settings
    return health !== 'off' && health.answers
  }

  /** nginx's max_fails, where its algorithms count this outcome as a failure; undefined: they do not. */
  failuresAllowed(outcome: Outcome): number | undefined {
    if (this.passive === undefined) return outcome === 'unreachable' ? MAX_FAILS : undefined
    return this.passive.isFailure(outcome) ? this.passive.maxFails : undefined
  }

  /** A feature with other settings begins anew, without memory. */
  configure(settings: PoolValues): void {
    const before = this.settings
    this.settings = settings
    this.slowStarts.configure(settings, this.servers)
    const isSame = (name: 'health' | 'checks' | 'outliers' | 'breaker') =>
      isSameValue(before[name], settings[name])
    if (!isSame('checks')) this.checks = undefined
    if (!isSame('outliers')) this.outliers = undefined
    if (!isSame('health')) this.passive = undefined
    if (!isSame('breaker')) this.breakers = undefined
    this.begin(settings)
  }

  private begin({ health, checks, outliers, breaker }: PoolValues): void {
    const { servers } = this
    if (checks !== 'off') this.checks ??= new HaproxyChecks<S>(checks, isCheckedBy(checks))
    if (outliers !== 'off') {
      this.outliers ??= new EnvoyOutliers(outliers, servers, this.time.now)
    }
    if (health !== 'off') this.passive ??= new NginxHealth(health, servers)
    if (breaker !== 'off') this.breakers ??= new Breakers(breaker)
    const { passive, breakers } = this
    const features = [this.checks, this.outliers, passive].filter((one) => one !== undefined)
    if (features.length > 0 || breakers) this.ownRule = undefined
    else this.ownRule ??= new OwnRule()
    this.judges = this.ownRule ? [this.ownRule] : features
    this.all = breakers ? [...this.judges, breakers] : this.judges
  }

  readonly unhealthy = (server: S, now: SimMs): Unhealthy | undefined => {
    for (const guard of this.judges) {
      const why = guard.why(server, now)
      if (why !== undefined) return why
    }
    return undefined
  }

  readonly isCircuitOpen = (server: S, now: SimMs): boolean =>
    this.breakers?.isOpen(server, now) === true

  /** When it changes by itself who can be chosen. */
  lapsesAt(): SimMs {
    const { passive, breakers, time } = this
    let soonest = Number.POSITIVE_INFINITY
    for (const guard of [passive, breakers]) {
      for (const server of guard === undefined ? [] : this.servers) {
        const lapsesAt = guard?.lapsesAt(server) ?? soonest
        if (lapsesAt > time.now && lapsesAt < soonest) soonest = lapsesAt
      }
    }
    return soonest
  }

  condition(server: S): ServerCondition {
    let condition = UP
    for (const guard of this.all) {
      const its = condition.health === 'up' ? guard.condition(server) : undefined
      if (its) condition = { ...condition, ...its }
    }
    const weightPercent = this.slowStarts.percentOf(server)
    if (weightPercent === undefined) return condition
    const { maxConnections: limit, settings } = server
    const isLess = limit !== settings.maxConnections
    return { ...condition, weightPercent, ...(isLess && { limit }) }
  }

  /** Returns whether it is news. `givenAt`: of a message that ends. */
  note(server: S, happening: Happening, givenAt: SimMs): boolean {
    const wasDown = this.slowStarts.isInUse && this.isDown(server)
    let isNews = false
    for (const guard of this.all) {
      if (guard.note(server, happening, this.time.now, givenAt)) isNews = true
    }
    if (isNews && wasDown && !this.isDown(server)) this.slowStarts.back(server)
    return isNews
  }

  /** It has registered again. */
  forget(server: S): void {
    const wasDown = this.isDown(server)
    for (const guard of this.all) guard.forget(server)
    if (wasDown) this.slowStarts.back(server)
  }

  setDown(server: S): boolean {
    return this.ownRule?.setDown(server) === true
  }

  joined(server: S): void {
    this.slowStarts.joined(server)
  }

  left(server: S): void {
    this.slowStarts.left(server)
    for (const guard of this.all) guard.forget(server)
  }

  /** Settings of servers have changed. */
  weighAll(): void {
    this.slowStarts.weighAll(this.servers)
  }

  /** Whether another share of a weight counts since this was last called. */
  takeWeighed(): boolean {
    return this.slowStarts.takeWeighed()
  }

  /** `lapsesAt`: when it changes by itself who can be chosen. */
  nextTick(lapsesAt: SimMs): SimMs | undefined {
    // Messages that wait go to a server as soon as it may be tried again.
    const isWaited = this.settings.queue !== 'off' && lapsesAt < Number.POSITIVE_INFINITY
    const lapse = isWaited ? lapsesAt : undefined
    const times = [this.outliers?.nextSweep, this.slowStarts.nextLook(), lapse]
    return times.reduce((soonest, time) => {
      return time === undefined || (soonest !== undefined && soonest <= time) ? soonest : time
    })
  }

  tick(): void {
    for (const server of this.outliers?.sweep(this.time.now) ?? []) {
      if (!this.isDown(server)) this.slowStarts.back(server)
    }
    this.slowStarts.look()
  }

  private isDown(server: S): boolean {
    for (const guard of this.all) if (guard.condition(server)?.health === 'down') return true
    return false
  }
}

/** Outside programs are checked only where this is asked for. */
export function isCheckedBy(checks: PoolValues['checks']) {
  return ({ node }: Pick<PoolServer, 'node'>): boolean =>
    checks !== 'off' && (checks.outside || !isOutside(node))
}
