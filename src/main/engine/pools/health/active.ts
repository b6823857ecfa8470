// Active health checks as HAProxy's (check.c of HAProxy 2.6): `fall` failed ones in a row and the server is down, `rise`
// passed ones and it is up. It begins as up, without any, and its first one decides alone. With `observe layer4`, messages count, too.
import type { PoolValues } from '../../../../shared/settings/pool'

type Settings = Exclude<PoolValues['checks'], 'off'>

/** What the checks of one server have found. */
export interface Checked {
  readonly isUp: boolean
  /** It is up without any check: the first one decides alone. */
  readonly isUnchecked: boolean
  /** How many checks in a row have contradicted its present state. */
  readonly streak: number
  /** How many messages in a row could not be handed over. */
  readonly errors: number
  /** It is down because of these. */
  readonly byErrors: boolean
}

export const UNCHECKED: Checked = {
  isUp: true,
  isUnchecked: true,
  streak: 0,
  errors: 0,
  byErrors: false,
}

/** A check has ended. One that agrees with the present state begins the count again. */
export function checked(state: Checked, settings: Settings, isPassed: boolean): Checked {
  if (state.isUnchecked) return { ...state, isUp: isPassed, isUnchecked: false }
  if (isPassed === state.isUp) return state.streak === 0 ? state : { ...state, streak: 0 }
  const streak = state.streak + 1
  return streak < needed(state, settings)
    ? { ...state, streak }
    : { ...state, isUp: !state.isUp, streak: 0, byErrors: false }
}

/** How many checks in a row change the state. */
export function needed({ isUp }: Checked, { fall, rise }: Settings): number {
  return isUp ? fall : rise
}

/**
 * A message was handed over, or could not be (observe layer4, error-limit, on-error mark-down). As in HAProxy's
 * __health_adjust, also of a server that is down: it got a message in a panic, or before. At the limit its passed checks
 * count no more.
 */
export function observed(state: Checked, { errorLimit }: Settings, isPassed: boolean): Checked {
  if (errorLimit === 0 || (isPassed && state.errors === 0)) return state
  if (isPassed) return { ...state, errors: 0 }
  const errors = state.errors + 1
  if (errors < errorLimit) return { ...state, errors }
  return { isUp: false, isUnchecked: false, streak: 0, errors: 0, byErrors: true }
}

/** When the first check of the server at this place comes: the first checks are spread over one interval. */
export function firstCheckMs({ intervalMs }: Settings, place: number, servers: number): number {
  return (intervalMs * place) / servers
}
