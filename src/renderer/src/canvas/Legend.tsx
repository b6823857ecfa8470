// Names the shapes that are on the graph now: of packets, of those that a breakpoint holds or that are stopped with time, and
// of faults.

import { useStore } from 'reactflow'
import { OFF } from '../../../shared/settings/setting'
import type { State } from '../../../shared/state/state'
import { useUi } from '../choices/ui'
import { useHeldQueues } from '../lab/held-packets'
import { useLab } from '../lab/lab'
import { usePast } from '../past/past'
import { CheckIcon } from '../ui/CheckIcon'
import { KIND_NAMES } from '../ui/names'
import { HaloIcon, HeldIcon, PacketIcon } from '../ui/PacketIcon'
import { HALOS_BELOW } from './packets'
import { TroubleLegend } from './TroubleLegend'
import { SAMPLE_RATES, widthOfRate } from './traffic-view'
import './traffic-view.css'

const KINDS = [0, 1, 2, 'error'] as const

export function Legend() {
  const isStill = usePast(({ view, playing }) => view !== 'now' && !playing)
  const stopped = useLab(
    ({ state: { clock, inFlight } }) =>
      (isStill || clock.paused) && inFlight.size > 0 && inFlight.size < HALOS_BELOW,
  )
  const held = useHeldQueues().length > 0
  const trafficView = useUi((ui) => ui.trafficView)
  const checks = useLab(({ state }) => isChecking(state))
  return (
    <ul className="legend" aria-label="Legend">
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
      <TroubleLegend />
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
      {trafficView && <RateLegend />}
    </ul>
  )
}

/** What the width of a link means, at the present zoom. */
function RateLegend() {
  const zoom = useStore(({ transform }) => transform[2])
  return (
    <li className="legend-rates">
      width: messages/s
      {SAMPLE_RATES.map((rate) => (
        <span key={rate}>
          <svg width="20" height="10" aria-hidden="true">
            <path className="link" d="M0 5H20" style={{ strokeWidth: widthOfRate(rate) * zoom }} />
          </svg>
          {rate}
        </span>
      ))}
    </li>
  )
}

/** The policies that are checked, by the settings of the pools. */
function isChecking({ pools, checks }: Pick<State, 'pools' | 'checks'>): boolean {
  if (checks.size > 0) return true
  for (const pool of pools.values()) if (pool.checks !== OFF) return true
  return false
}
