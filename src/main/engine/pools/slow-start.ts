// Slow start: how much of its weight counts for a server that has come back, as HAProxy's `slowstart` (server.c: warmup) or
// as Envoy's `slow_start_config`.
import type { SimMs } from '../../../shared/ids'
import type { PoolValues } from '../../../shared/settings/pool'

type Settings = Exclude<PoolValues['slowStart'], 'off'>

/** HAProxy's steps of a weight. */
const STEPS = 16
/** HAProxy looks at least once a second, and 20 times in the window. */
const LOOKS = 20
/** Envoy's shares are rounded down to multiples of 1/1024, so that sums of weights are exact. */
const PARTS = 1_024

const secondOf = (now: SimMs) => Math.floor(now / 1_000)

/** The share of the weight that counts now, of a server that came back at `since`: above 0, at most 1. */
export function shareOf(settings: Settings, since: SimMs, now: SimMs): number {
  const { way, windowMs } = settings
  if (now - since >= windowMs) return 1
  return way === 'haproxy'
    ? haproxyShare(windowMs, since, now)
    : Math.floor(envoyShare(settings, now - since) * PARTS) / PARTS
}

/** It counts whole seconds of the clock. */
function haproxyShare(windowMs: SimMs, since: SimMs, now: SimMs): number {
  const passedMs = (secondOf(now) - secondOf(since)) * 1_000
  return Math.min(STEPS, Math.floor((STEPS * passedMs + windowMs) / windowMs)) / STEPS
}

/** A line at aggression 1; above it, the share rises sooner. */
export function envoyShare(
  { windowMs, aggression, minPercent }: Settings,
  passedMs: SimMs,
): number {
  const time = Math.min(1, passedMs / windowMs)
  return Math.max(minPercent / 100, time ** (1 / aggression))
}

/** The time between two looks at the share. */
export function lookEveryMs({ way, windowMs }: Settings): SimMs {
  return way === 'haproxy' ? Math.max(1_000, windowMs / LOOKS) : windowMs / LOOKS
}

/** HAProxy's limit rises, too. 0: no limit. */
export function limitNow(settings: Settings, limit: number, since: SimMs, now: SimMs): number {
  const { way, windowMs } = settings
  if (way !== 'haproxy' || limit === 0 || now - since >= windowMs) return limit
  const passedMs = (secondOf(now) - secondOf(since)) * 1_000
  const percent = Math.min(100, Math.floor((100 * passedMs) / windowMs))
  return Math.max(1, Math.floor((limit * percent) / 100))
}
