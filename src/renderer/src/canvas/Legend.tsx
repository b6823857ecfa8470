// Names the shapes that travel, and the halo that they have while time stands still.
import { HaloIcon, PacketIcon } from '../icons/PacketIcon'
import { useLab } from '../store/lab'
import { KIND_NAMES } from '../text/names'
import { HALOS_BELOW } from './packets'

const KINDS = [0, 1, 2, 'error'] as const

export function Legend() {
  const halos = useLab(
    ({ state: { clock, inFlight } }) =>
      clock.paused && inFlight.size > 0 && inFlight.size < HALOS_BELOW,
  )
  return (
    <ul className="legend" aria-label="Packet types">
      {KINDS.map((kind) => (
        <li key={kind}>
          <PacketIcon kind={kind} />
          {kind === 'error' ? KIND_NAMES[kind] : `${kind} ${KIND_NAMES[kind]}`}
        </li>
      ))}
      {halos && (
        <li className="legend-halo">
          <HaloIcon />
          <span>
            held<span className="legend-halo-when"> while paused</span>
          </span>
        </li>
      )}
    </ul>
  )
}
