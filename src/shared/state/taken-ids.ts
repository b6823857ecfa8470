// Inside nodes whose id an outside program has too. If it has registered a server's id, the switching table leads to that
// program, and the server gets no messages any more. Clients with one id keep their own answers, but look alike.
import { counted, listed } from '../format'
import { nodeId } from '../ids'
import { withVisibleControls } from '../visible-controls'
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
  const ids = servers.map(({ protocolId = '' }) => withVisibleControls(protocolId))
  const [id = ''] = ids
  if (ids.length === 1) {
    return `An outside program has registered the id ${id}, and has taken it over from server ${id} of this lab, which gets no messages any more.`
  }
  return `Outside programs have registered ${counted(ids.length, 'id')}, and have taken them over from servers ${listed(ids)} of this lab, which get no messages any more.`
}

/** In order of appearance. Outside clients that have left count too: their cards are still there. */
export function clientsWithSharedId({ nodes }: Pick<State, 'nodes'>): NodeState[] {
  return [...nodes.values()].filter(
    ({ role, origin, protocolId = '' }) =>
      role === 'client' &&
      origin === 'inside' &&
      nodes.has(nodeId('outside', 'client', protocolId)),
  )
}

/** Which clients an outside program is easily taken for. */
export function sharedIdsWords(clients: readonly Pick<NodeState, 'protocolId'>[]): string {
  const ids = clients.map(({ protocolId = '' }) => withVisibleControls(protocolId))
  const [id = ''] = ids
  if (ids.length === 1) {
    return `An outside program sends as client ${id}, and client ${id} of this lab has the same id. Each gets its own answers, but they are easily confused.`
  }
  return `Outside programs send as clients ${listed(ids)}, and clients of this lab have the same ids. Each gets its own answers, but they are easily confused.`
}
