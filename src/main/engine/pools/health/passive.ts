// Passive health as nginx's (ngx_stream_upstream_round_robin.c: get_peer, free, notify): a server that has failed too often
// is passed over for a time; then one message is its trial.
import type { SimMs } from '../../../../shared/ids'
import type { PoolValues } from '../../../../shared/settings/pool'

type Settings = Exclude<PoolValues['health'], 'off'>

/** The failures of one server. nginx counts time in whole seconds of its clock. Names are nginx's. */
export interface Fails {
  readonly fails: number
  /** The second of the latest failure, or of the latest choice after the time was over. */
  readonly checked: number
  /** The second of the latest failure. */
  readonly accessed: number
}

export const NO_FAILS: Fails = { fails: 0, checked: 0, accessed: 0 }

const secondOf = (now: SimMs) => Math.floor(now / 1_000)

function isOver({ checked }: Fails, { failTimeoutMs }: Settings, now: SimMs): boolean {
  return (secondOf(now) - checked) * 1_000 > failTimeoutMs
}

function hasFailed({ fails }: Fails, { maxFails }: Settings): boolean {
  return fails >= maxFails
}

/** Whether the server is passed over now. */
export function isPassedOver(state: Fails, settings: Settings, now: SimMs): boolean {
  return hasFailed(state, settings) && !isOver(state, settings, now)
}

/** From when on it is not; undefined where it has not failed so often. */
export function passedOverUntil(state: Fails, settings: Settings): SimMs | undefined {
  if (!hasFailed(state, settings)) return undefined
  return (state.checked + Math.floor(settings.failTimeoutMs / 1_000) + 1) * 1_000
}

/** Whether the message that the server has been given is its trial. */
export function isOnTrial(state: Fails, settings: Settings): boolean {
  return hasFailed(state, settings) && state.checked > state.accessed
}

/** The server has been chosen. Where its time was over, it begins again: only this message tries it. */
export function chosen(state: Fails, settings: Settings, now: SimMs): Fails {
  return isOver(state, settings, now) ? { ...state, checked: secondOf(now) } : state
}

/** Failures need not be in a row, and each of them begins the time again. */
export function failed({ fails }: Fails, now: SimMs): Fails {
  return { fails: fails + 1, checked: secondOf(now), accessed: secondOf(now) }
}

/** A success forgives failures only where the server was chosen after the time was over. */
export function passed(state: Fails): Fails {
  return state.accessed < state.checked && state.fails > 0 ? { ...state, fails: 0 } : state
}
