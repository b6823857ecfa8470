// A circuit breaker by limits, as Envoy's: above a limit a message is refused at once, below it works again at once.
import type { PoolValues } from '../../../shared/settings/pool'

/** What a policy has at present. */
export interface Traffic {
  /** Messages that servers have been given and that have not come to their end. */
  readonly inFlight: number
  /** Messages in the queue. */
  readonly waiting: number
  /** Retries that have been decided on and have not come to their end, also while they wait. */
  readonly retries: number
}

type Limits = PoolValues['limits']

const MOST = {
  inFlight: 'maxInFlight',
  waiting: 'maxWaiting',
  retries: 'maxRetries',
} as const

/** The limit that one more would exceed; undefined: there is room, or no limit. */
export function limitReached(
  limits: Limits,
  traffic: Traffic,
  of: keyof Traffic,
): number | undefined {
  if (limits === 'off') return undefined
  const most = limits[MOST[of]]
  return traffic[of] < most ? undefined : most
}
