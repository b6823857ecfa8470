// Follows the selected packet on the graph while its exchange is in flight; afterwards, shows its way again.
import { Crosshair, RotateCcw } from 'lucide-react'
import type { PacketId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { shortcutOf } from '../actions/shortcuts'
import { followSelected, isExchangeInFlight } from '../actions/travel'
import { useTravel } from '../choices/travel'
import './follow-button.css'

export function FollowButton({ id, state }: { id: PacketId; state: State }) {
  const inFlight = isExchangeInFlight(state, id)
  const isFollowed = useTravel(({ travel }) => travel?.kind === 'follow' && travel.packet === id)
  return (
    <button
      type="button"
      className="button inspector-follow"
      aria-pressed={inFlight ? isFollowed : undefined}
      onClick={followSelected}
    >
      {inFlight ? <Crosshair size={15} /> : <RotateCcw size={15} />}
      {inFlight ? 'Follow this one' : 'Show its way again'}
      <kbd>{shortcutOf('followSelected')}</kbd>
    </button>
  )
}
