// The nodes of the canvas and their policies, without counters. It stays the same object while only counters change, so
// that the list of nodes is not read again for every message.
import type { NodeId, ProtocolId } from '../../../shared/ids'
import { foldedClients } from '../../../shared/state/left-clients'
import type { State } from '../../../shared/state/state'
import { type Folds, NO_CHOICE } from '../choices/folds'
import type { Actor } from './actor'
import { type Grouped, grouped } from './groups'

export interface Structure {
  /** In order of appearance; without the proxy. */
  readonly actors: readonly Actor[]
  /** How many outside clients have left and are not among the actors any more. */
  readonly folded: number
  /** The nodes that each folded group stands for. */
  readonly groups: Grouped['members']
  /** Machines of the room that have programs on the graph. */
  readonly machines: Grouped['machines']
  /** In order of first appearance: those in messages to the proxy, then those that only a node has. */
  readonly policies: readonly ProtocolId[]
}

type Source = Pick<State, 'nodes' | 'next'>

const EMPTY: Structure = { actors: [], folded: 0, groups: new Map(), machines: [], policies: [] }

/** A selector that returns the same object while the structure is the same. */
export function structureSelector(): (state: Source, folds?: Folds) => Structure {
  let nodes: Source['nodes'] | undefined
  let next: Source['next'] | undefined
  let foldedBy: Folds | undefined
  let structure = EMPTY
  return (state, folds = NO_CHOICE) => {
    if (state.nodes === nodes && state.next === next && folds === foldedBy) return structure
    nodes = state.nodes
    next = state.next
    foldedBy = folds
    const fresh = structureOf(state, folds)
    if (!sameStructure(fresh, structure)) structure = fresh
    return structure
  }
}

function structureOf(state: Source, folds: Folds): Structure {
  const actors: Actor[] = []
  const policies = new Set(state.next.keys())
  const folded = foldedClients(state.nodes)
  for (const { id, role, origin, policy } of state.nodes.values()) {
    if (role === 'proxy' || folded.has(id)) continue
    actors.push({ id, role, origin, policy })
    if (role === 'server' && policy !== undefined) policies.add(policy)
  }
  const { actors: shown, members: groups, machines } = grouped(actors, folds)
  return { actors: shown, folded: folded.size, groups, machines, policies: [...policies] }
}

function sameStructure(one: Structure, other: Structure): boolean {
  return (
    one.actors.length === other.actors.length &&
    one.folded === other.folded &&
    one.policies.length === other.policies.length &&
    one.machines.length === other.machines.length &&
    one.machines.every((machine, index) => machine === other.machines[index]) &&
    [...one.groups].every(([id, members]) => hasSame(members, other.groups.get(id) ?? [])) &&
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

function hasSame(one: readonly NodeId[], other: readonly NodeId[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index])
}
