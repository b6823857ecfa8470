// Settings of pools under a name, which are compared with others: as the state has them.
import type { ProtocolId } from '../ids'
import type { Recorded } from '../settings/derive'
import type { POOL_SETTINGS, PoolValues } from '../settings/pool'

export interface ComparedSettings {
  readonly name: string
  readonly pools: readonly ({ readonly policy: ProtocolId } & Recorded<
    typeof POOL_SETTINGS,
    PoolValues
  >)[]
}
