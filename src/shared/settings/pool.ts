// The settings of a pool: of the servers of one policy.
import type { SettledOf } from './derive'
import { choice } from './setting'

export const POOL_SETTINGS = {
  algorithm: choice({
    default: 'round-robin',
    label: 'Algorithm',
    help: 'How the proxy chooses a server for each message of the policy.',
    options: [
      { value: 'round-robin', label: 'Round-robin' },
      { value: 'random', label: 'Random' },
    ],
  }),
}

export type PoolValues = SettledOf<typeof POOL_SETTINGS>
