// What the programs of each machine of the room are and do, together.
import { type Machine, machineOf } from '../../../shared/ids'
import { hasLeft } from '../../../shared/state/left-clients'
import type { State } from '../../../shared/state/state'

interface GroupFigures {
  readonly name: string
  /** Those that have left are not counted. */
  readonly clients: number
  readonly servers: number
  readonly inFlight: number
  /** Messages that its clients have sent, and its servers have answered. */
  readonly handled: number
  readonly errors: number
}

const known = new WeakMap<State['nodes'], ReadonlyMap<Machine, GroupFigures>>()

/** Computed once for each version of the nodes, since every group's node asks for it. */
export function groupFigures(nodes: State['nodes']): ReadonlyMap<Machine, GroupFigures> {
  const before = known.get(nodes)
  if (before) return before
  const all = new Map<Machine, GroupFigures>()
  for (const node of nodes.values()) {
    const machine = machineOf(node.id)
    if (machine === undefined) continue
    const sums = all.get(machine) ?? NONE
    const { role, group, inFlight, sent, served, errors } = node
    all.set(machine, {
      name: group ?? machine,
      clients: sums.clients + (role === 'client' && !hasLeft(node) ? 1 : 0),
      servers: sums.servers + (role === 'server' ? 1 : 0),
      inFlight: sums.inFlight + inFlight,
      handled: sums.handled + (role === 'client' ? sent : served),
      errors: sums.errors + errors,
    })
  }
  known.set(nodes, all)
  return all
}

const NONE: GroupFigures = {
  name: '',
  clients: 0,
  servers: 0,
  inFlight: 0,
  handled: 0,
  errors: 0,
}
