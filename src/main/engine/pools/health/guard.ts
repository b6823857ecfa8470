// What may keep messages from a server of a pool: each feature of a pool that watches its servers is a guard.
import type { Row } from '../../../../shared/events'
import type { SimMs } from '../../../../shared/ids'
import type { Unhealthy } from '../available'
import type { Outcome } from '../outcome'

/**
 * What can happen to a server: it is chosen for a message; the connection for a message is open; a message ends; a health
 * check ends.
 */
export type Happening = 'chosen' | 'reached' | Outcome | 'checkPassed' | 'checkFailed'

/** What a row of the switching table says about health. */
export type ServerCondition = Pick<
  Row,
  'health' | 'cause' | 'until' | 'trial' | 'streak' | 'streakOf' | 'weightPercent' | 'limit'
>

export const UP: ServerCondition = { health: 'up' }

export interface Guard<S> {
  /** Undefined: it has nothing to say about this server. */
  condition(server: S): Partial<ServerCondition> | undefined
  /** `givenAt`: when the server was given a message that ends. Returns whether `condition` has changed, or whether it gets messages. */
  note(server: S, happening: Happening, now: SimMs, givenAt: SimMs): boolean
  /** The server has left, or has registered again. */
  forget(server: S): void
}

export interface HealthGuard<S> extends Guard<S> {
  /** Why the server is not healthy now. */
  why(server: S, now: SimMs): Unhealthy | undefined
}

const FIELDS = [
  'health',
  'cause',
  'until',
  'trial',
  'streak',
  'streakOf',
  'weightPercent',
  'limit',
] as const

export function isSameCondition(one: ServerCondition, other: ServerCondition): boolean {
  return one === other || FIELDS.every((name) => one[name] === other[name])
}
