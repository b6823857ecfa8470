// Outlier ejection as Envoy's (outlier_detection_impl.cc): errors in a row eject a server for a time that grows with each
// time; a sweep at each interval lets it back. Nothing proves that it works again.
import type { SimMs } from '../../../../shared/ids'
import type { PoolValues } from '../../../../shared/settings/pool'

type Settings = Exclude<PoolValues['outliers'], 'off'>

/** What outlier detection knows of one server. */
export interface Outlier {
  /** In a row. */
  readonly errors: number
  /** How many base times the next ejection is longer than the first one. Each sweep of a server that is not ejected forgives one. */
  readonly times: number
  /** It is ejected until the first sweep from then on. */
  readonly ejectedUntil: SimMs | undefined
}

export const NO_OUTLIER: Outlier = { errors: 0, times: 0, ejectedUntil: undefined }

/** A message has ended. `ejected` and `servers`: how many of the pool are ejected, and how many it has. */
export function ended(
  state: Outlier,
  settings: Settings,
  isError: boolean,
  { ejected, servers, now }: { ejected: number; servers: number; now: SimMs },
): Outlier {
  if (!isError) return state.errors === 0 ? state : { ...state, errors: 0 }
  const errors = state.errors + 1
  if (errors < settings.consecutiveErrors) return { ...state, errors }
  // The count begins again, whether the server may be ejected or not.
  const counted = { ...state, errors: 0 }
  if (state.ejectedUntil !== undefined || !mayEject(settings, ejected, servers)) return counted
  return { ...counted, ...ejection(state, settings, now) }
}

function mayEject({ maxPercent, alwaysOne }: Settings, ejected: number, servers: number): boolean {
  return (100 * (ejected + 1)) / servers <= maxPercent || (alwaysOne && ejected === 0)
}

function ejection({ times }: Outlier, settings: Settings, now: SimMs) {
  const { baseEjectionMs, maxEjectionMs } = settings
  const longer = times * baseEjectionMs < maxEjectionMs + baseEjectionMs ? times + 1 : times
  const ejectedUntil =
    now + Math.min(baseEjectionMs * longer, Math.max(maxEjectionMs, baseEjectionMs))
  return { times: longer, ejectedUntil }
}

/** A sweep at this time. */
export function swept(state: Outlier, now: SimMs): Outlier {
  const { times, ejectedUntil } = state
  if (ejectedUntil === undefined) return times === 0 ? state : { ...state, times: times - 1 }
  return ejectedUntil <= now ? { ...state, ejectedUntil: undefined } : state
}

/** Whether sweeps have something to do with it. */
export function needsSweep({ times, ejectedUntil }: Outlier): boolean {
  return times > 0 || ejectedUntil !== undefined
}

/** The first sweep after this time. */
export function sweepAfter(begun: SimMs, { intervalMs }: Settings, time: SimMs): SimMs {
  return begun + (Math.floor((time - begun) / intervalMs) + 1) * intervalMs
}

/** The first sweep at or after this time. Sweeps come at each interval from `begun` on. */
export function sweepAt(begun: SimMs, { intervalMs }: Settings, from: SimMs): SimMs {
  return begun + Math.max(1, Math.ceil((from - begun) / intervalMs)) * intervalMs
}
