// Outside clients that have left: no connection is open any more, and no packet is on its way. A class of students would
// fill the screen with them, so that only the last few keep a card of their own.
import type { NodeId } from '../ids'
import type { NodeState } from './state'

/** Those that left last are still drawn, with their last answer. */
const MOST_DRAWN = 4

type Nodes = ReadonlyMap<NodeId, NodeState>

export function hasLeft({ role, origin, connections, inFlight }: NodeState): boolean {
  return role === 'client' && origin === 'outside' && connections === 0 && inFlight === 0
}

/** How many clients are there: those that have left are not counted. */
export function presentClients(nodes: Nodes): number {
  let count = 0
  for (const node of nodes.values()) if (node.role === 'client' && !hasLeft(node)) count++
  return count
}

/** Those without a card. */
export function foldedClients(nodes: Nodes): ReadonlySet<NodeId> {
  const left = [...nodes.values()].filter(hasLeft)
  if (left.length <= MOST_DRAWN) return NONE
  left.sort((one, other) => (one.lastSeenAt ?? 0) - (other.lastSeenAt ?? 0))
  return new Set(left.slice(0, -MOST_DRAWN).map(({ id }) => id))
}

const NONE: ReadonlySet<NodeId> = new Set()
