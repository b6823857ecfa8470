// Names the shapes of packets, and the halo of those that are held or paused with time.

import { useHeldQueues } from '../lab/held-packets'
import { useLab } from '../lab/lab'
import { usePast } from '../past/past'
import { KIND_NAMES } from '../ui/names'
import { HaloIcon, PacketIcon } from '../ui/PacketIcon'
import { HALOS_BELOW } from './packets'

const KINDS = [0, 1, 2, 'error'] as const

export function Legend() {
  const stands = usePast(({ view, playing }) => view !== 'now' && !playing)
  const halos = useLab(
    ({ state: { clock, inFlight } }) =>
      (stands || clock.paused) && inFlight.size > 0 && inFlight.size < HALOS_BELOW,
  )
  const held = useHeldQueues().length > 0
  return (
    <ul className="legend" aria-label="Packet types">
      {KINDS.map((kind) => (
        <li key={kind}>
          <PacketIcon kind={kind} />
          {kind === 'error' ? KIND_NAMES[kind] : `${kind} ${KIND_NAMES[kind]}`}
        </li>
      ))}
      {(halos || held) && (
        <li className="legend-halo">
          <HaloIcon />
          <span>held{!held && <span className="legend-halo-when"> while paused</span>}</span>
        </li>
      )}
    </ul>
  )
}
