// A change of a server's health in words, for the proxy's terminal.
import { counted } from '../../../../shared/format'
import type { ProtocolId } from '../../../../shared/ids'
import type { PoolValues } from '../../../../shared/settings/pool'
import { visibly } from '../../../../shared/visible-controls'
import type { ServerCondition } from './guard'

type Features = Pick<PoolValues, 'health' | 'checks' | 'outliers' | 'breaker'>

/** Undefined: nothing needs to be said. */
export function healthWords(
  server: ProtocolId,
  { health, cause }: ServerCondition,
  { health: passive, checks, outliers, breaker }: Features,
): string | undefined {
  const name = visibly`Server ${server}`
  if (health === 'up') {
    const isWatched = [passive, checks, outliers, breaker].some((feature) => feature !== 'off')
    return isWatched ? `${name} is up again` : undefined
  }
  if (cause === undefined) {
    return `${name} is down: it is passed over until it registers again or nobody else is left`
  }
  if (cause === 'failures' && passive !== 'off') {
    return `${name} has failed too often: it is passed over for ${passive.failTimeoutMs} ms, and one message then tries it`
  }
  if (cause === 'checks' && checks !== 'off') {
    return `${name} is down: ${counted(checks.fall, 'health check')} in a row failed`
  }
  if (cause === 'errors' && checks !== 'off') {
    const messages = counted(checks.errorLimit, 'message')
    return `${name} is down: ${messages} in a row could not be handed over; health checks bring it back`
  }
  if (cause === 'ejected' && outliers !== 'off') {
    const messages = counted(outliers.consecutiveErrors, 'message')
    return `${name} is ejected: ${messages} in a row failed; it returns after a time`
  }
  if (cause === 'breaker' && breaker !== 'off') {
    return `${name} has an open circuit breaker: too many messages failed; after ${breaker.openMs} ms, ${counted(breaker.trials, 'message')} will try it`
  }
  return undefined
}
