// A server's row in the table and its turn in its policy's order, which it gets again when undo brings it back.
import type { Node } from '../../../shared/events'
import type { ProtocolId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import type { KeptTurn } from '../proxy/protocol'
import type { Done } from './row'

type Nodes = Pick<State, 'nodes' | 'rows'>

interface Order extends Pick<Done, 'turns'> {
  readonly before: Nodes
}

/** Before a command. */
export function turnToKeep(node: Node, { before, turns }: Order): KeptTurn {
  const { protocolId: id = '', policy = '' } = node
  const unregistered = unregisteredServers(before)
  const sameServed = unregistered.filter((other) => other.policy === policy)
  return {
    rows: after(id, [...before.rows.keys(), ...idsOf(unregistered)]),
    turns: after(id, [...(turns.get(policy) ?? []), ...idsOf(sameServed)]),
  }
}

/** Inside servers whose registration has not arrived yet, in the order of its arrival. */
function unregisteredServers({ nodes, rows }: Nodes): Node[] {
  return [...nodes.values()].filter(
    ({ id, role, origin, protocolId }) =>
      role === 'server' && origin === 'inside' && rows.get(protocolId ?? '')?.node !== id,
  )
}

function idsOf(nodes: readonly Node[]): ProtocolId[] {
  return nodes.flatMap(({ protocolId }) => protocolId ?? [])
}

function after(id: ProtocolId, order: readonly ProtocolId[]): readonly ProtocolId[] {
  const place = order.indexOf(id)
  return place === -1 ? [] : order.slice(place + 1)
}
