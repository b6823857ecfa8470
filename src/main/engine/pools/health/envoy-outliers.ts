// Envoy's outlier detection in a pool.
import type { SimMs } from '../../../../shared/ids'
import type { PoolValues } from '../../../../shared/settings/pool'
import type { Happening, HealthGuard, ServerCondition } from './guard'
import { ended, NO_OUTLIER, needsSweep, type Outlier, sweepAfter, sweepAt, swept } from './outliers'

/**
 * An error answer counts as Envoy's 5xx. A wrong hash does not: Envoy does not look into bodies.
 */
const IS_ERROR: Partial<Record<Happening, boolean>> = {
  answered: false,
  wrongHash: false,
  errorAnswer: true,
  unreachable: true,
  closed: true,
  silent: true,
  badAnswer: true,
}

export class EnvoyOutliers<S> implements HealthGuard<S> {
  private readonly states = new Map<S, Outlier>()
  /** The next sweep that has something to do. */
  nextSweep: SimMs | undefined

  constructor(
    private readonly settings: Exclude<PoolValues['outliers'], 'off'>,
    private readonly servers: readonly S[],
    /** Sweeps come at each interval from then on. */
    private readonly begun: SimMs,
  ) {}

  why(server: S) {
    return this.states.get(server)?.ejectedUntil === undefined ? undefined : 'ejected'
  }

  condition(server: S): Partial<ServerCondition> | undefined {
    const ejectedUntil = this.states.get(server)?.ejectedUntil
    if (ejectedUntil === undefined) return undefined
    const until = sweepAt(this.begun, this.settings, ejectedUntil)
    return { health: 'down', cause: 'ejected', until }
  }

  note(server: S, happening: Happening, now: SimMs): boolean {
    const isError = IS_ERROR[happening]
    if (isError === undefined) return false
    const before = this.states.get(server) ?? NO_OUTLIER
    const pool = { ejected: this.ejected, servers: this.servers.length, now }
    const after = ended(before, this.settings, isError, pool)
    this.set(server, after, now)
    return after.ejectedUntil !== before.ejectedUntil
  }

  forget(server: S): void {
    this.states.delete(server)
  }

  /** Sweeps if it is time. Returns the servers that are back. */
  sweep(now: SimMs): S[] {
    const back: S[] = []
    if (this.nextSweep === undefined || now < this.nextSweep) return back
    this.nextSweep = undefined
    for (const [server, before] of this.states) {
      const after = swept(before, now)
      this.set(server, after, now)
      if (before.ejectedUntil !== undefined && after.ejectedUntil === undefined) back.push(server)
    }
    return back
  }

  private get ejected(): number {
    let count = 0
    for (const { ejectedUntil } of this.states.values()) if (ejectedUntil !== undefined) count++
    return count
  }

  private set(server: S, state: Outlier, now: SimMs): void {
    if (needsSweep(state)) this.nextSweep ??= sweepAfter(this.begun, this.settings, now)
    if (state.errors > 0 || needsSweep(state)) this.states.set(server, state)
    else this.states.delete(server)
  }
}
