// What may keep messages from a server of a pool: each feature of a pool that watches its servers is a guard.
import type { Row } from '../../../../shared/events'
import type { SimMs } from '../../../../shared/ids'
import type { Why } from '../available'
import type { Outcome } from '../outcome'

/**
 * What can happen to a server: it is chosen for a message; the connection for a message is open; a message ends; a health
 * check ends.
 */
export type Happening = 'chosen' | 'reached' | Outcome | 'checkPassed' | 'checkFailed'

/** What a row of the switching table says about health. */
export type Condition = Pick<
  Row,
  'health' | 'cause' | 'until' | 'trial' | 'streak' | 'streakOf' | 'weightPercent' | 'limit'
>

export const UP: Condition = { health: 'up' }

export interface Guard<S> {
  /** Why the server gets no message now. */
  why(server: S, now: SimMs): Why | undefined
  /** Undefined: it has nothing to say about this server. */
  condition(server: S): Partial<Condition> | undefined
  /** `tookMs`: how long the server had a message that ends. Returns whether `why` or `condition` has changed. */
  note(server: S, happening: Happening, now: SimMs, tookMs: SimMs): boolean
  /** The server has left, or has registered again. */
  forget(server: S): void
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

export function isSameCondition(one: Condition, other: Condition): boolean {
  return one === other || FIELDS.every((name) => one[name] === other[name])
}
