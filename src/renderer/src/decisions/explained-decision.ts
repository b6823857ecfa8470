// Which decision the stage view explains: that of what is selected, or the one that a lesson has just revealed, or the latest.
import type { PacketId } from '../../../shared/ids'
import { decisionsOf } from '../../../shared/state/decisions'
import type { Decision, State } from '../../../shared/state/state'
import type { Selection } from '../choices/ui'
import { latestDecision } from './turn-show'

/** A decision of an exchange, which is named by its first packet. */
interface RevealedDecision {
  readonly exchange: PacketId
  readonly attempt: number
}

type Source = Pick<State, 'decisions' | 'nodes' | 'packets'>

/** Undefined: nothing has been decided yet, or not for what is selected. `revealed`: by the lesson. */
export function explainedDecision(
  state: Source,
  selection: Selection,
  revealed: RevealedDecision | undefined,
): Decision | undefined {
  switch (selection?.kind) {
    case 'packet': {
      const exchange = packetOf(state, selection.id)?.exchange
      const question = exchange === undefined ? undefined : packetOf(state, exchange)
      // A registration is decided by nobody.
      if (question?.kind !== 0) break
      return question.decision
    }
    case 'policy':
      return state.decisions.get(selection.id)
    case 'node': {
      const node = state.nodes.get(selection.id)
      // A server is explained by the choices of its policy. Clients and the proxy have no choice of their own.
      if (node?.role !== 'server' || node.policy === undefined) break
      return state.decisions.get(node.policy)
    }
  }
  const question = revealed && packetOf(state, revealed.exchange)
  const ofLesson =
    question && decisionsOf(question).find(({ attempt }) => attempt === revealed?.attempt)
  return ofLesson ?? latestDecision(state.decisions)
}

/** Packets are numbered from 1. */
function packetOf({ packets }: Source, id: PacketId) {
  return packets.at(id - 1)
}
