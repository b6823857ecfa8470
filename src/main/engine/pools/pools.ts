// The pool of each policy that somebody serves.
import type { AlgorithmName } from '../../../shared/decision/reason'
import type { ProtocolId } from '../../../shared/ids'
import { Pool, type PoolServer } from './pool'

const DEFAULT_ALGORITHM: AlgorithmName = 'round-robin'

export class Pools<S extends PoolServer & { readonly policy: ProtocolId }> {
  private readonly pools = new Map<ProtocolId, Pool<S>>()

  get(policy: ProtocolId): Pool<S> | undefined {
    return this.pools.get(policy)
  }

  join(server: S): void {
    let pool = this.pools.get(server.policy)
    if (pool === undefined) {
      pool = new Pool(DEFAULT_ALGORITHM)
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
