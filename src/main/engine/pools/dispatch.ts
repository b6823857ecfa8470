// What a pool says when it is asked for a server.
import type { Others } from '../../../shared/decision/others'
import type { PassedOver, Reason } from '../../../shared/decision/reason'
import type { Panic } from './available'

export interface Dispatch<S> {
  readonly server: S
  readonly reason: Reason
  readonly passedOver: readonly PassedOver[]
  /** Health was ignored. */
  readonly panic: Panic | undefined
  /** What the other algorithms would have chosen. Set for a first attempt while somebody looks. */
  readonly others: Others | undefined
}

/** No server can be chosen, each for a cause of its own. */
export interface Nobody {
  readonly server: undefined
  readonly passedOver: readonly PassedOver[]
}
