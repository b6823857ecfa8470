// The pool of each policy that somebody serves.
import type { AlgorithmName } from '../../../shared/decision/reason'
import type { ProtocolId } from '../../../shared/ids'
import { DEFAULT_SEED } from '../../../shared/limits'
import { POOL_SETTINGS } from '../../../shared/settings/pool'
import { createRandom } from '../clock/random'
import { Pool, type PoolServer } from './pool'

export class Pools<S extends PoolServer & { readonly policy: ProtocolId }> {
  private readonly pools = new Map<ProtocolId, Pool<S>>()
  /** Where it is not the default one, whether anybody serves the policy or not. */
  private readonly algorithms = new Map<ProtocolId, AlgorithmName>()

  private seed = DEFAULT_SEED

  /** The chance of each policy begins anew. */
  setSeed(seed: number): void {
    this.seed = seed
    for (const [policy, pool] of this.pools) pool.beginChanceAnew(createRandom(seed, policy))
  }

  get(policy: ProtocolId): Pool<S> | undefined {
    return this.pools.get(policy)
  }

  algorithmOf(policy: ProtocolId): AlgorithmName {
    return this.algorithms.get(policy) ?? POOL_SETTINGS.algorithm.default
  }

  setAlgorithm(policy: ProtocolId, algorithm: AlgorithmName): void {
    if (algorithm === POOL_SETTINGS.algorithm.default) this.algorithms.delete(policy)
    else this.algorithms.set(policy, algorithm)
    this.pools.get(policy)?.switchTo(algorithm)
  }

  join(server: S): void {
    let pool = this.pools.get(server.policy)
    if (pool === undefined) {
      pool = new Pool(this.algorithmOf(server.policy), createRandom(this.seed, server.policy))
      this.pools.set(server.policy, pool)
    }
    pool.join(server)
  }

  leave(server: S): void {
    const pool = this.pools.get(server.policy)
    if (pool === undefined) throw new Error(`Nobody serves policy ${server.policy}.`)
    pool.leave(server)
    if (pool.ids.length === 0) this.pools.delete(server.policy)
  }
}
