// What a node shares with another one that should be its own: an id, or a registered port. For its card, the switching
// table and the inspector.
import { isLoopback } from '../addresses'
import { counted, listed } from '../format'
import { machineOf, type NodeId, nodeId, type ProtocolId } from '../ids'
import { withVisibleControls } from '../visible-controls'
import type { NodeState, RowState, State } from './state'
import { sharedIdsWords, takenIdsWords } from './taken-ids'

export interface Clash {
  /** In two words. */
  readonly mark: 'id taken' | 'shared id' | 'shared port'
  /** In sentences. */
  readonly details: string
}

const NONE: readonly Clash[] = []
/** More servers than these are counted instead of named. */
const MOST_NAMES = 5

export function clashesOf(
  { nodes, rows }: Pick<State, 'nodes' | 'rows'>,
  id: NodeId,
): readonly Clash[] {
  const node = nodes.get(id)
  const { protocolId } = node ?? {}
  if (node === undefined || protocolId === undefined || !isActor(node)) return NONE
  const clashes: Clash[] = []
  const { role, origin } = node
  const inside = nodeId('inside', role, protocolId)
  const outside = nodeId('outside', role, protocolId)
  const isShared = nodes.has(origin === 'inside' ? outside : inside)
  // Machines of the room have clients with the same ids: their cards say whose they are.
  if (role === 'client' && isShared && machineOf(id) === undefined) {
    clashes.push({ mark: 'shared id', details: sharedIdsWords([node]) })
  }
  const row = role === 'server' ? rows.get(protocolId) : undefined
  if (row !== undefined && isShared && row.node === outside) {
    const mark = origin === 'inside' ? 'id taken' : 'shared id'
    clashes.push({ mark, details: takenIdsWords([node]) })
  }
  if (row?.node === id) clashes.push(...portClash(rows, row))
  return clashes.length === 0 ? NONE : clashes
}

function isActor(node: NodeState): node is NodeState & { role: 'server' | 'client' } {
  return node.role === 'server' || node.role === 'client'
}

function portClash(rows: State['rows'], row: RowState): Clash[] {
  const servers = serversByEndpoint(rows).get(endpointOf(row)) ?? []
  if (servers.length < 2) return []
  const who =
    servers.length > MOST_NAMES
      ? counted(servers.length, 'server')
      : `Servers ${listed(servers.map(withVisibleControls))}`
  return [
    {
      mark: 'shared port',
      details: `${who} have registered port ${row.listenPort}: one program gets the messages of all of them. Each server needs a port of its own.`,
    },
  ]
}

const endpoints = new WeakMap<State['rows'], ReadonlyMap<string, readonly ProtocolId[]>>()

/** Computed once for each version of the rows, since every card of a server asks for it. */
function serversByEndpoint(rows: State['rows']): ReadonlyMap<string, readonly ProtocolId[]> {
  const known = endpoints.get(rows)
  if (known) return known
  const servers = new Map<string, ProtocolId[]>()
  for (const row of rows.values()) {
    const endpoint = endpointOf(row)
    const found = servers.get(endpoint)
    if (found) found.push(row.server)
    else servers.set(endpoint, [row.server])
  }
  endpoints.set(rows, servers)
  return servers
}

/** Equal where isSameMachine() says so. */
function endpointOf({ address, listenPort }: RowState): string {
  return `${isLoopback(address) ? '' : address} ${listenPort}`
}
