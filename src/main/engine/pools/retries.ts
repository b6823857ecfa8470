// Is a message tried again after an attempt has failed, when, and where?
import type { PoolValues } from '../../../shared/settings/pool'
import type { Random } from '../clock/random'
import { limitReached, type Traffic } from './limits'

/** How an attempt failed: the connection was not established; it ended without an answer; or anything else. */
export type FailedHow = 'unreachable' | 'closed' | 'failed'

interface FailedAttempt {
  readonly how: FailedHow
  /** Attempts so far, this one among them. */
  readonly attempts: number
  /** The server has the message, and may have begun the work. */
  readonly handedOver: boolean
}

type Settings = PoolValues['retries']

/** Where the next attempt goes to, or why there is no next one. */
type Retry =
  | { readonly to: 'same' | 'other' }
  | { readonly to: 'none'; readonly why: 'not retried' | 'used up' | 'may have begun' }

const NOT_RETRIED: Retry = { to: 'none', why: 'not retried' }
const OTHER: Retry = { to: 'other' }

/** `off`: nginx's default. Each other server is tried once, where the connection was not established. */
export function retryAfter(settings: Settings, failed: FailedAttempt): Retry {
  const { how, attempts, handedOver } = failed
  if (settings === 'off') return how === 'unreachable' ? OTHER : NOT_RETRIED
  const { max, to, on, idempotent } = settings
  if (handedOver && !idempotent) return { to: 'none', why: 'may have begun' }
  const isMeant = !handedOver || on === 'failed' || (on === 'closed' && how === 'closed')
  if (!isMeant) return NOT_RETRIED
  if (attempts > max) return { to: 'none', why: 'used up' }
  return to === 'same' && attempts < max ? { to: 'same' } : OTHER
}

/** Envoy's longest backoff, as a multiple of the first one. */
const MOST_BACKOFFS = 10

/** Envoy's full jitter: a random time below a limit that doubles with each retry. `retry` counts from 1. */
export function backoffMs(settings: Settings, retry: number, random: Random): number {
  if (settings === 'off' || settings.backoffMs === 0) return 0
  const { backoffMs: base } = settings
  return random.next() * base * Math.min(2 ** (retry - 1), MOST_BACKOFFS)
}

/** Envoy's min_retry_concurrency: how many retries are always allowed at once. */
const ALWAYS_ALLOWED = 3

/**
 * How many retries there may be at once, if one more would be too many. A budget replaces the limit of the circuit breaker, as
 * in Envoy.
 */
export function retriesAllowed(
  { retries, limits }: Pick<PoolValues, 'retries' | 'limits'>,
  traffic: Traffic,
): number | undefined {
  if (retries === 'off' || retries.budgetPercent === 0) {
    return limitReached(limits, traffic, 'retries')
  }
  const share = Math.floor((retries.budgetPercent / 100) * (traffic.inFlight + traffic.waiting))
  const most = Math.max(share, ALWAYS_ALLOWED)
  return traffic.retries < most ? undefined : most
}
