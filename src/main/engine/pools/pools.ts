// The pool of each policy that somebody serves.
import type { ProtocolId, SimMs } from '../../../shared/ids'
import { DEFAULT_SEED } from '../../../shared/limits'
import { areSame, settled } from '../../../shared/settings/derive'
import { POOL_SETTINGS, type PoolValues, usesKey } from '../../../shared/settings/pool'
import { createRandom } from '../clock/random'
import type { Outcome } from './outcome'
import { Pool } from './pool'
import type { PoolServer } from './pool-server'
import { type DecisionWatch, UNWATCHED } from './watch'

const DEFAULTS: PoolValues = settled(POOL_SETTINGS, {})

export class Pools<S extends PoolServer & { readonly policy: ProtocolId }> {
  private readonly pools = new Map<ProtocolId, Pool<S>>()
  /** Where they are not the default ones, whether anybody serves the policy or not. */
  private readonly settings = new Map<ProtocolId, PoolValues>()

  /** What somebody looks at, whether anybody serves the policy or not. */
  private watched: ReadonlyMap<ProtocolId, DecisionWatch> = new Map()

  private seed = DEFAULT_SEED

  /** `time`: when the present input came. */
  constructor(private readonly time: { readonly now: SimMs }) {}

  /** The chance of each policy begins anew. */
  setSeed(seed: number): void {
    this.seed = seed
    for (const [policy, pool] of this.pools) {
      pool.beginChanceAnew(createRandom(seed, policy))
      this.watchPool(policy, pool)
    }
  }

  get(policy: ProtocolId): Pool<S> | undefined {
    return this.pools.get(policy)
  }

  settingsOf(policy: ProtocolId): PoolValues {
    return this.settings.get(policy) ?? DEFAULTS
  }

  /** Whether the key of a message matters to the policy's choices, or to those that somebody compares with them. */
  usesKey(policy: ProtocolId): boolean {
    return usesKey(this.settingsOf(policy).algorithm) || this.watched.get(policy)?.others === true
  }

  /** The members of each pool, in order. */
  get order(): ReadonlyMap<ProtocolId, readonly ProtocolId[]> {
    return new Map([...this.pools].map(([policy, { ids }]) => [policy, ids]))
  }

  configure(policy: ProtocolId, settings: PoolValues): void {
    if (areSame(POOL_SETTINGS, settings, DEFAULTS)) this.settings.delete(policy)
    else this.settings.set(policy, settings)
    const pool = this.pools.get(policy)
    pool?.configure(settings)
    if (pool) this.watchPool(policy, pool)
  }

  watch(watched: ReadonlyMap<ProtocolId, DecisionWatch>): void {
    this.watched = watched
    for (const [policy, pool] of this.pools) this.watchPool(policy, pool)
  }

  private watchPool(policy: ProtocolId, pool: Pool<S>): void {
    pool.watch(this.watched.get(policy) ?? UNWATCHED, (use) =>
      createRandom(this.seed, `${policy} beside ${use}`),
    )
  }

  join(server: S, followers?: readonly ProtocolId[]): void {
    let pool = this.pools.get(server.policy)
    if (pool === undefined) {
      const random = createRandom(this.seed, server.policy)
      pool = new Pool(this.settingsOf(server.policy), random, this.time)
      this.pools.set(server.policy, pool)
      this.watchPool(server.policy, pool)
    }
    pool.join(server, followers)
  }

  /** The server has been given a message. Returns whether there is news of it. */
  began(server: S): boolean {
    const pool = this.poolOf(server)
    if (pool) return pool.began(server)
    server.load.inFlight++
    return false
  }

  /**
   * That message has come to its end. The server may have left meanwhile. Returns the same.
   */
  ended(server: S, givenAt: SimMs, outcome: Outcome): boolean {
    const pool = this.poolOf(server)
    if (pool) return pool.ended(server, givenAt, outcome)
    server.load.inFlight--
    return false
  }

  private poolOf(server: S): Pool<S> | undefined {
    const pool = this.pools.get(server.policy)
    return pool?.has(server) ? pool : undefined
  }

  leave(server: S): void {
    const pool = this.pools.get(server.policy)
    if (pool === undefined) throw new Error(`Nobody serves policy ${server.policy}.`)
    pool.leave(server)
    if (pool.ids.length === 0) this.pools.delete(server.policy)
  }
}
