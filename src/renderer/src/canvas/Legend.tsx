// Names the shapes of packets, and the marks of those that a breakpoint holds and of those that are stopped with time.

import { OFF } from '../../../shared/settings/setting'
import type { State } from '../../../shared/state/state'
import { useHeldQueues } from '../lab/held-packets'
import { useLab } from '../lab/lab'
import { usePast } from '../past/past'
import { CheckIcon } from '../ui/CheckIcon'
import { KIND_NAMES } from '../ui/names'
import { HaloIcon, HeldIcon, PacketIcon } from '../ui/PacketIcon'
import { HALOS_BELOW } from './packets'

const KINDS = [0, 1, 2, 'error'] as const

export function Legend() {
  const isStill = usePast(({ view, playing }) => view !== 'now' && !playing)
  const stopped = useLab(
    ({ state: { clock, inFlight } }) =>
      (isStill || clock.paused) && inFlight.size > 0 && inFlight.size < HALOS_BELOW,
  )
  const held = useHeldQueues().length > 0
  const checks = useLab(({ state }) => isChecking(state))
  return (
    <ul className="legend" aria-label="Packet types">
      {KINDS.map((kind) => (
        <li key={kind}>
          <PacketIcon kind={kind} />
          <span>
            {KIND_NAMES[kind]}
            {kind !== 'error' && <span className="legend-type"> (type {kind})</span>}
          </span>
        </li>
      ))}
      {checks && (
        <li className="legend-check">
          <CheckIcon />
          health check
        </li>
      )}
      {held && (
        <li className="legend-halo legend-held">
          <HeldIcon />
          held
        </li>
      )}
      {stopped && (
        <li className="legend-halo">
          <HaloIcon />
          stopped: paused
        </li>
      )}
    </ul>
  )
}

/** The policies that are checked, by the settings of the pools. */
function isChecking({ pools, checks }: Pick<State, 'pools' | 'checks'>): boolean {
  if (checks.size > 0) return true
  for (const pool of pools.values()) if (pool.checks !== OFF) return true
  return false
}
