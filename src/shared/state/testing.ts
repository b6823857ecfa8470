// A server for tests, as the state has it: its node and its row.
import type { NodeState, RowState } from './state'

export function insideServer(id: string, parts: Partial<NodeState> = {}): NodeState {
  return {
    id: `server:${id}`,
    role: 'server',
    origin: 'inside',
    protocolId: id,
    sent: 0,
    received: 0,
    errors: 0,
    served: 0,
    inFlight: 0,
    connections: 0,
    ...parts,
  }
}

/** For policy 111, and up. */
export function serverRow(server: string, parts: Partial<RowState> = {}): RowState {
  return {
    server,
    policy: '111',
    listenPort: 5_000,
    address: '127.0.0.1',
    node: `server:${server}`,
    health: 'up',
    chosen: 0,
    served: 0,
    failed: 0,
    ...parts,
  }
}
