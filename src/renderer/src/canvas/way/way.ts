// The way of the selected packet's exchange: the nodes that it touches, and the server that each attempt chose. Links,
// cards and the roundabout's exits on it are lit.
import { create } from 'zustand'
import { type NodeId, PROXY, type ProtocolId } from '../../../../shared/ids'
import { attemptOf, decisionsOf, hasRetries } from '../../../../shared/state/decisions'
import type { Packet } from '../../../../shared/state/state'

interface Way {
  readonly nodes: ReadonlySet<NodeId>
  readonly policy: ProtocolId | undefined
  readonly servers: ReadonlySet<ProtocolId>
  /** Where there was more than one attempt: the number of the latest one that each server's node was part of. */
  readonly attempts: ReadonlyMap<NodeId, number>
}

export const NO_WAY: Way = {
  nodes: new Set(),
  policy: undefined,
  servers: new Set(),
  attempts: new Map(),
}

/** `packets`: those of one exchange, or one that belongs to none. */
export function wayOf(packets: readonly Packet[]): Way {
  const nodes = new Set<NodeId>()
  const servers = new Set<ProtocolId>()
  const attempts = new Map<NodeId, number>()
  const question = packets.find(hasRetries)
  let policy: ProtocolId | undefined
  for (const packet of packets) {
    for (const node of [packet.from, packet.to]) {
      if (node === PROXY) continue
      nodes.add(node)
      const isServer = question && node !== question.from
      if (isServer) attempts.set(node, attemptOf(packet, question))
    }
    for (const decision of decisionsOf(packet)) {
      policy = decision.policy
      if (decision.server !== null) servers.add(decision.server)
    }
  }
  return { nodes, policy, servers, attempts }
}

export function sameWay(one: Way, other: Way): boolean {
  return (
    one.policy === other.policy &&
    one.nodes.size === other.nodes.size &&
    one.servers.size === other.servers.size &&
    one.attempts.size === other.attempts.size &&
    [...one.attempts].every(([node, attempt]) => other.attempts.get(node) === attempt) &&
    [...one.nodes].every((node) => other.nodes.has(node)) &&
    [...one.servers].every((server) => other.servers.has(server))
  )
}

export const useWay = create<{ way: Way }>(() => ({ way: NO_WAY }))

export function useIsOnWay(node: NodeId): boolean {
  return useWay(({ way }) => way.nodes.has(node))
}
