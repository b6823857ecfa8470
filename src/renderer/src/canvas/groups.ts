// The programs of the room on the graph: those of one machine stand together, or are folded to one node.
import { type Machine, machineOf, type NodeId } from '../../../shared/ids'
import { type Folds, isFolded } from '../choices/folds'
import type { Actor } from './actor'

const PREFIX = 'group:'

export function groupNodeOf(machine: Machine): NodeId {
  return `${PREFIX}${machine}`
}

/** Undefined for a node that is no folded group. */
export function machineOfGroup(node: NodeId): Machine | undefined {
  return node.startsWith(PREFIX) ? node.slice(PREFIX.length) : undefined
}

export interface Grouped {
  readonly actors: readonly Actor[]
  /** The folded nodes of each group's node. */
  readonly members: ReadonlyMap<NodeId, readonly NodeId[]>
  /** Machines of the room that have programs on the graph, in the order of their first appearance. */
  readonly machines: readonly Machine[]
}

/** Servers stay in the order of registration; of all others, those of the room come last, machine by machine. */
export function grouped(actors: readonly Actor[], folds: Folds): Grouped {
  const machines = new Set(actors.flatMap(({ id }) => machineOf(id) ?? []))
  const isFoldedHere = (machine: Machine) => isFolded(folds, machine, machines.size)
  const byMachine = new Map<Machine, Actor[]>()
  const inOrder: Actor[] = []
  for (const actor of actors) {
    const machine = machineOf(actor.id)
    if (machine === undefined || (actor.role === 'server' && !isFoldedHere(machine))) {
      inOrder.push(actor)
      continue
    }
    const its = byMachine.get(machine) ?? []
    its.push(actor)
    byMachine.set(machine, its)
  }
  const members = new Map<NodeId, readonly NodeId[]>()
  for (const [machine, its] of byMachine) {
    if (!isFoldedHere(machine)) {
      inOrder.push(...its)
      continue
    }
    const id = groupNodeOf(machine)
    const ids = its.map((actor) => actor.id)
    members.set(id, ids)
    inOrder.push({ id, role: 'group', origin: 'outside', policy: undefined })
  }
  return { actors: inOrder, members, machines: [...machines] }
}
