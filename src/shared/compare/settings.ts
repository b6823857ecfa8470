// Settings of pools and servers under a name, which are compared with others: as the state has them.
import type { ProtocolId } from '../ids'
import type { Recorded, ValuesOf } from '../settings/derive'
import type { POOL_SETTINGS, PoolValues } from '../settings/pool'
import type { COMPARED_SERVER_SETTINGS } from '../settings/server'

export interface ComparedSettings {
  readonly name: string
  readonly pools: readonly ({ readonly policy: ProtocolId } & Recorded<
    typeof POOL_SETTINGS,
    PoolValues
  >)[]
  /** The servers that have other settings than in the lab. */
  readonly servers: readonly ({ readonly id: ProtocolId } & Readonly<
    Partial<ValuesOf<typeof COMPARED_SERVER_SETTINGS>>
  >)[]
}
