// The programs that have joined from the room, by machine, as the instructor and their people see them.
import { findingsOf } from '../../shared/diagnosis/doctor/findings'
import { counted } from '../../shared/format'
import { type Machine, machineOf } from '../../shared/ids'
import { MAX_CONNECTIONS_OF_MACHINE, MESSAGES_OF_MACHINE } from '../../shared/room/guest-limits'
import type { ProgramGroup } from '../../shared/room/programs'
import { hasLeft } from '../../shared/state/left-clients'
import type { NodeState, State } from '../../shared/state/state'
import type { MachineLimits } from '../engine'

interface Sources {
  state: Pick<State, 'nodes' | 'examinations' | 'logs'>
  nameOf: (machine: Machine) => string
  limitsOf: (machine: Machine) => MachineLimits
  keptOut: readonly Machine[]
}

/** In the order of their first appearance; those that are kept out come last. */
export function programGroups({ state, nameOf, limitsOf, keptOut }: Sources): ProgramGroup[] {
  const byMachine = new Map<Machine, NodeState[]>()
  for (const node of state.nodes.values()) {
    const machine = machineOf(node.id)
    if (machine === undefined) continue
    const nodes = byMachine.get(machine)
    if (nodes) nodes.push(node)
    else byMachine.set(machine, [node])
  }
  for (const machine of keptOut) if (!byMachine.has(machine)) byMachine.set(machine, [])
  return [...byMachine].map(([machine, nodes]) => {
    const limits = limitsOf(machine)
    const clients = nodes.filter(({ role }) => role === 'client')
    const servers = nodes.filter(({ role }) => role === 'server')
    return {
      machine,
      name: nameOf(machine),
      clients: clients.filter((client) => !hasLeft(client)).length,
      servers: servers.length,
      connections: limits.connections,
      sent: sumOf(clients, 'sent'),
      answered: sumOf(servers, 'served'),
      errors: sumOf(nodes, 'errors'),
      problem: problemOf(nodes, state),
      limited: limitedWords(limits),
      isKeptOut: keptOut.includes(machine),
    }
  })
}

function sumOf(nodes: readonly NodeState[], what: 'sent' | 'served' | 'errors'): number {
  return nodes.reduce((sum, node) => sum + node[what], 0)
}

/** Why the newest of its messages was refused, which few programs print; else what the doctor has found. */
function problemOf(nodes: readonly NodeState[], { examinations, logs }: Sources['state']): string {
  const titles = nodes.flatMap(({ id }) =>
    findingsOf(examinations.get(id)).map(({ diagnosis }) => diagnosis.title),
  )
  const lines = nodes.flatMap(({ id }) => logs.get(id) ?? [])
  const newest = lines.toSorted((one, other) => one.at - other.at).at(-1)
  return newest?.level === 'error' ? newest.text : (titles.at(-1) ?? '')
}

function limitedWords({ isSlowed, turnedAway }: MachineLimits): string {
  if (isSlowed) {
    return `It sends more than ${MESSAGES_OF_MACHINE.perSecond} messages a second: the rest waits.`
  }
  if (turnedAway === 0) return ''
  return `${counted(turnedAway, 'connection was', 'connections were')} closed: a machine has ${MAX_CONNECTIONS_OF_MACHINE} at most, and opens few at once.`
}
