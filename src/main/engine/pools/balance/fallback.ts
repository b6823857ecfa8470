// Algorithms of nginx that leave a choice to smooth weighted round-robin: hashes where they find nobody, least connections
// where several carry as little.
import type { Reason } from '../../../../shared/decision/reason'
import type { ChosenServer, Member } from './algorithm'
import { memberAt } from './places'
import { failSmoothly, pickSmoothly, type Smooth, weighSmoothly } from './smooth'

export interface WithTurns {
  readonly smooth: Smooth
}

export function chosenByTurn<M extends WithTurns>(
  available: readonly Member[],
  memory: M,
  reason: () => Reason,
): ChosenServer<M> {
  const { smooth } = memory
  const pick = pickSmoothly(smooth, smooth.placesOf(available))
  const server = memberAt(smooth.ids, pick.place)
  return { server, memory: { ...memory, smooth: pick.smooth }, reason }
}

export function failedByTurn<M extends WithTurns>(server: Member, maxFails: number, memory: M): M {
  return { ...memory, smooth: failSmoothly(memory.smooth, server, maxFails) }
}

export function weighedByTurn<M extends WithTurns>(members: readonly Member[], memory: M): M {
  return { ...memory, smooth: weighSmoothly(members, memory.smooth) }
}
