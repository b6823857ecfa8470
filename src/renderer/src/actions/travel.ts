// Follows the selected packet, or shows its way again once its exchange is over.
import type { PacketId } from '../../../shared/ids'
import { packetIn } from '../../../shared/state/packets'
import type { State } from '../../../shared/state/state'
import { useTravel } from '../choices/travel'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'

/** Whether the packet, or another one of its exchange, is in flight. */
export function isExchangeInFlight(state: State, id: PacketId): boolean {
  const exchange = packetIn(state, id)?.exchange ?? 0
  if (exchange === 0) return state.inFlight.has(id)
  for (const packet of state.inFlight.values()) if (packet.exchange === exchange) return true
  return false
}

export function followSelected(): void {
  const { selection, notify } = useUi.getState()
  if (selection?.kind !== 'packet') {
    notify('info', 'Select a packet first: in the list, or with a click on the graph.')
    return
  }
  const { travel, begin, stop } = useTravel.getState()
  const kind = isExchangeInFlight(useLab.getState().state, selection.id) ? 'follow' : 'again'
  if (kind === 'follow' && travel?.kind === 'follow' && travel.packet === selection.id) stop()
  else begin(kind, selection.id)
}
