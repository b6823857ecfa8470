// The ids that the app chooses for servers and clients, where nobody names one.
import { nodeId, type ProtocolId } from './ids'
import type { State } from './state/state'

/**
 * Far from the ids of the homework (1 to 6, 100 to 600) and of the examples (50, 500, 600), which outside programs
 * bring along. Only the classic pool has such ids, because it is the homework's own picture. No server has the id of a
 * client, so that one number means one node.
 */
const FIRST_CHOSEN = { server: 1001, client: 2001 } as const

/** The lowest id from the first one on that neither a node nor a row of the switching table has. */
export function freeId(
  role: 'server' | 'client',
  state: Pick<State, 'nodes' | 'rows'>,
): ProtocolId {
  const [id = ''] = freeIds(role, state, 1)
  return id
}

/** Several at once, in order: the state need not know yet that one has been given. */
export function freeIds(
  role: 'server' | 'client',
  { nodes, rows }: Pick<State, 'nodes' | 'rows'>,
  count: number,
): readonly ProtocolId[] {
  const isTaken = (id: ProtocolId) =>
    rows.has(id) || nodes.has(nodeId('inside', role, id)) || nodes.has(nodeId('outside', role, id))
  const ids: ProtocolId[] = []
  for (let id: number = FIRST_CHOSEN[role]; ids.length < count; id++) {
    if (!isTaken(String(id))) ids.push(String(id))
  }
  return ids
}
