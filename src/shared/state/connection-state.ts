// Connections, and how many of them each node has.
import type { LabEvent } from '../events'
import type { NodeId } from '../ids'
import type { DraftMap } from './draft-map'
import { noteSeen } from './row-state'
import type { Connection, NodeState } from './state'

type Connections = DraftMap<number, Connection>
type Nodes = DraftMap<NodeId, NodeState>

export function noteOpened(
  connections: Connections,
  nodes: Nodes,
  event: Extract<LabEvent, { type: 'connection.opened' }>,
): void {
  const { connection: id, from, to, fromPort, toPort, fromAddress, toAddress } = event
  connections.set(id, { id, from, to, fromPort, toPort, fromAddress, toAddress })
  for (const end of [from, to]) {
    const node = nodes.edit(end)
    if (node) node.connections++
    noteSeen(node, event.at)
  }
}

/** Returns the nodes that have no connection left. */
export function noteClosed(
  connections: Connections,
  nodes: Nodes,
  { connection: id, node: seen, at }: Extract<LabEvent, { type: 'connection.closed' }>,
): readonly NodeState[] {
  noteSeen(nodes.edit(seen), at)
  const connection = connections.get(id)
  if (connection === undefined) return []
  connections.delete(id)
  return [connection.from, connection.to].flatMap((end) => {
    const node = nodes.edit(end)
    if (node) node.connections--
    return node?.connections === 0 ? [node] : []
  })
}
