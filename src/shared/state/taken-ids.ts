// Inside servers whose id an outside program has registered: the switching table leads to that program, and the server
// gets no messages any more.
import { counted, listed } from '../format'
import { nodeId } from '../ids'
import type { NodeState, State } from './state'

/** In order of registration. */
export function serversWithTakenId({ nodes, rows }: Pick<State, 'nodes' | 'rows'>): NodeState[] {
  return [...rows.values()].flatMap(({ server, node }) => {
    const inside = nodes.get(nodeId('inside', 'server', server))
    return inside === undefined || inside.id === node ? [] : [inside]
  })
}

/** Who has taken which ids from whom. */
export function takenIdsWords(servers: readonly Pick<NodeState, 'protocolId'>[]): string {
  const ids = servers.map(({ protocolId }) => protocolId ?? '')
  const [id = ''] = ids
  if (ids.length === 1) {
    return `An outside program has registered the id ${id}, and has taken it over from server ${id} of this lab, which gets no messages any more.`
  }
  return `Outside programs have registered ${counted(ids.length, 'id')}, and have taken them over from servers ${listed(ids)} of this lab, which get no messages any more.`
}
