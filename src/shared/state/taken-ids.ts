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
    return `An outside program has registered the id ${id}: server ${id} of this lab gets no more messages.`
  }
  return `Outside programs have registered ${counted(ids.length, 'id')}: servers ${listed(ids)} of this lab get no more messages.`
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
    return `An outside program has the id of client ${id} of this lab. Each gets its own answers, but they are easily confused.`
  }
  return `Outside programs have the ids of clients ${listed(ids)} of this lab. Each gets its own answers, but they are easily confused.`
}
