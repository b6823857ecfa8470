// Round-robin's turn in a decision.
import type { ProtocolId } from '../ids'
import type { PassedOver, Reason } from './reason'

interface Decided {
  readonly server: ProtocolId | null
  readonly considered: readonly ProtocolId[]
  readonly passedOver: readonly PassedOver[]
  readonly reason: Reason | null
}

const NOBODY: readonly PassedOver[] = []

/** The servers whose turn came before that of the chosen one, and that were not available. */
export function passedInTurn({
  server,
  considered,
  passedOver,
  reason,
}: Decided): readonly PassedOver[] {
  if (passedOver.length === 0 || reason?.by !== 'round-robin' || reason.turn === server) {
    return NOBODY
  }
  const turn = considered.indexOf(reason.turn)
  const inTurn: PassedOver[] = []
  for (let step = 0; step < considered.length; step++) {
    const id = considered[(turn + step) % considered.length]
    if (id === server) break
    const passed = passedOver.find((other) => other.server === id)
    if (passed) inTurn.push(passed)
  }
  return inTurn
}
