// Why an algorithm chose a server, as data: one member for each algorithm. words.ts puts it in words.
import type { ProtocolId } from '../ids'
import type { POOL_SETTINGS } from '../settings/pool'

export type AlgorithmName = (typeof POOL_SETTINGS)['algorithm']['options'][number]['value']

export type Reason =
  /** `turn`: the server whose turn it was; another one was chosen where this one was not available. */
  | { readonly by: 'round-robin'; readonly turn: ProtocolId }
  /** `drawn`: the place, from 0, among the servers that were available. */
  | { readonly by: 'random'; readonly drawn: number }
  /** In a recording of a newer version: an algorithm that this one does not know. */
  | { readonly by: 'unknown' }

/**
 * A server of the policy that could not be chosen. `tried`: an earlier attempt of the same exchange failed on it.
 * `unknown`: in a recording of a newer version, another cause.
 */
export interface PassedOver {
  readonly server: ProtocolId
  readonly why: 'down' | 'tried' | 'unknown'
}
