// A click on a server, or Enter, answers the question of a lesson that waits for one; on a folded group, it opens the group's
// menu; any other selects its node.
import type { NodeId } from '../../../shared/ids'
import { holdNext } from '../actions/holding'
import { useUi } from '../choices/ui'
import { useLab } from '../lab/lab'
import { chooseServer, openQuestion, useLesson } from '../lab/lesson'
import { choosing } from '../lab/lesson-answer'
import { machineOfGroup } from './groups'
import { useViewState } from './view-state'

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
  if (machineOfGroup(id) !== undefined) useViewState.getState().openGroup(id)
  else if (!chooseServer(serverOf(id))) useUi.getState().select({ kind: 'node', id })
}

/** On a link: holds the next packet of its node. Those of a folded group are of several nodes. */
export function holdOrOpen(id: NodeId): void {
  if (machineOfGroup(id) !== undefined) useViewState.getState().openGroup(id)
  else holdNext(id)
}
