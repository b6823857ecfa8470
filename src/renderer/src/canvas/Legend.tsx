// Names the shapes that travel.
import { PacketIcon } from '../icons/PacketIcon'
import { KIND_NAMES } from '../text/names'

const KINDS = [0, 1, 2, 'error'] as const

export function Legend() {
  return (
    <ul className="legend" aria-label="Packet types">
      {KINDS.map((kind) => (
        <li key={kind}>
          <PacketIcon kind={kind} />
          {kind === 'error' ? KIND_NAMES[kind] : `${kind} ${KIND_NAMES[kind]}`}
        </li>
      ))}
    </ul>
  )
}
