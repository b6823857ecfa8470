// Servers of policy 111 with weights, for tests of pictures.
import { INITIAL_STATE } from '../../../../shared/state/reduce'
import type { NodeState, RowState, State } from '../../../../shared/state/state'

const COUNTERS = { sent: 0, received: 0, errors: 0, served: 0, inFlight: 0, connections: 0 }
const FIRST_PORT = 21_101

/** In order of registration, on the ports 21101, 21102 and so on. */
export function serversOf(weights: Readonly<Record<string, number>>, down: string[] = []): State {
  const nodes = new Map<string, NodeState>()
  const rows = new Map<string, RowState>()
  for (const [index, [server, weight]] of Object.entries(weights).entries()) {
    const node = `server:${server}`
    nodes.set(node, {
      id: node,
      role: 'server',
      origin: 'inside',
      protocolId: server,
      policy: '111',
      weight,
      ...COUNTERS,
    })
    rows.set(server, {
      server,
      policy: '111',
      listenPort: FIRST_PORT + index,
      address: '127.0.0.1',
      node,
      health: down.includes(server) ? 'down' : 'up',
      chosen: 0,
      served: 0,
      failed: 0,
    })
  }
  return { ...INITIAL_STATE, nodes, rows }
}
