// The settings of a policy's pool.
import type { ProtocolId } from '../ids'
import { settled } from '../settings/derive'
import { POOL_SETTINGS } from '../settings/pool'
import type { PoolSettings, State } from './state'

export const DEFAULTS: PoolSettings = settled(POOL_SETTINGS, {})

export function poolIn({ pools }: Pick<State, 'pools'>, policy: ProtocolId): PoolSettings {
  return pools.get(policy) ?? DEFAULTS
}
