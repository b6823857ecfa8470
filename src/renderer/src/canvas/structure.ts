// The nodes of the canvas and their policies, without counters. It stays the same object while only counters change, so
// that the list of nodes is not read again for every message.
import type { NodeId, Origin, ProtocolId } from '../../../shared/ids'
import { foldedClients } from '../../../shared/state/left-clients'
import type { State } from '../../../shared/state/state'

export interface Actor {
  readonly id: NodeId
  readonly role: 'client' | 'server' | 'unknown'
  readonly origin: Origin
  readonly policy: ProtocolId | undefined
}

export interface Structure {
  /** In order of appearance; without the proxy. */
  readonly actors: readonly Actor[]
  /** How many outside clients have left and are not among the actors any more. */
  readonly folded: number
  /** In order of first appearance: those in messages to the proxy, then those that only a node has. */
  readonly policies: readonly ProtocolId[]
}

type Source = Pick<State, 'nodes' | 'next'>

/** A selector that returns the same object while the structure is the same. */
export function structureSelector(): (state: Source) => Structure {
  let nodes: Source['nodes'] | undefined
  let next: Source['next'] | undefined
  let structure: Structure = { actors: [], folded: 0, policies: [] }
  return (state) => {
    if (state.nodes === nodes && state.next === next) return structure
    nodes = state.nodes
    next = state.next
    const fresh = structureOf(state)
    if (!sameStructure(fresh, structure)) structure = fresh
    return structure
  }
}

function structureOf(state: Source): Structure {
  const actors: Actor[] = []
  const policies = new Set(state.next.keys())
  const folded = foldedClients(state.nodes)
  for (const { id, role, origin, policy } of state.nodes.values()) {
    if (role === 'proxy' || folded.has(id)) continue
    actors.push({ id, role, origin, policy })
    if (role === 'server' && policy !== undefined) policies.add(policy)
  }
  return { actors, folded: folded.size, policies: [...policies] }
}

function sameStructure(one: Structure, other: Structure): boolean {
  return (
    one.actors.length === other.actors.length &&
    one.folded === other.folded &&
    one.policies.length === other.policies.length &&
    one.policies.every((policy, index) => policy === other.policies[index]) &&
    one.actors.every((actor, index) => {
      const twin = other.actors[index]
      return (
        twin !== undefined &&
        actor.id === twin.id &&
        actor.role === twin.role &&
        actor.origin === twin.origin &&
        actor.policy === twin.policy
      )
    })
  )
}
