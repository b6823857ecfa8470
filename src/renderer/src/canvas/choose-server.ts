// A click on a server, or Enter, answers the question of a lesson that waits for one; any other selects its node.
import type { NodeId } from '../../../shared/ids'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { chooseServer, openQuestion, useLesson } from '../lab/lesson'
import { choosing } from '../lab/lesson-answer'

/** The id of a server in the protocol. */
function serverOf(id: NodeId) {
  const node = useLab.getState().state.nodes.get(id)
  return node?.role === 'server' ? node.protocolId : undefined
}

export function isChoosable(id: NodeId): boolean {
  const { view, draft } = useLesson.getState()
  const question = openQuestion(view)
  const server = serverOf(id)
  if (question === undefined || server === undefined) return false
  return choosing(question, draft, server) !== undefined
}

export function chooseOrSelect(id: NodeId): void {
  if (!chooseServer(serverOf(id))) useUi.getState().select({ kind: 'node', id })
}
