// A server as its pool sees it.
import type { NodeId } from '../../../shared/ids'
import type { Member } from './balance/algorithm'

/** Code that changes its settings or its address tells its pool. */
export interface PoolServer extends Member {
  readonly node: NodeId
  readonly settings: { readonly weight: number; readonly maxConnections: number }
  /** What counts of both settings now: less in a slow start. Changed by its pool alone. */
  weight: number
  maxConnections: number
  readonly drain: boolean
  readonly backup: boolean
  /** Changed by its pool alone while it has one. */
  readonly load: { inFlight: number }
}
