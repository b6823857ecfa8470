// Outside programs that were taken off the graph, which undo puts there again.
import { portOfAppWords } from '../../../shared/diagnosis/registration-notes'
import type { Node } from '../../../shared/events'
import { counted } from '../../../shared/format'
import type { NodeId } from '../../../shared/ids'
import { MAX_SERVERS } from '../../../shared/limits'
import { known, type SettledOf, settled } from '../../../shared/settings/derive'
import { settingsOfRole } from '../../../shared/settings/registry'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { hasLeft } from '../../../shared/state/left-clients'
import type { NodeState, State } from '../../../shared/state/state'
import { visibly } from '../../../shared/visible-controls'
import { CommandError } from '../command-error'
import { portOwner } from '../own-ports'
import { placesBack, removePlaces } from './node-places'
import type { Done, FormerProgram, LabParts, RestorationRow, Rows } from './row'

export const OUTSIDE_COMMANDS: Rows<'clearLeftClients'> = {
  clearLeftClients: {
    carryOut({ lab, outside }) {
      const left = [...lab.journal.state.nodes.values()].filter(hasLeft).map(({ id }) => id)
      for (const id of left) outside.remove(id)
      removePlaces(lab, left)
    },
    inverse(_, done) {
      const cleared = clearedIn(done)
      if (cleared.length === 0) return []
      const programs = cleared.map((node) => formerProgram(node, done))
      const ids = cleared.map(({ id }) => id)
      return [{ type: 'restoreOutside', programs }, ...placesBack(ids, done)]
    },
    label: (_, done) => {
      const { length } = clearedIn(done)
      return `clear ${counted(length, 'client that has', 'clients that have')} left`
    },
  },
}

export const OUTSIDE_RESTORATIONS: { restoreOutside: RestorationRow<'restoreOutside'> } = {
  restoreOutside: {
    carryOut(parts, { programs }) {
      for (const program of programs) {
        if (!parts.outside.has(program.node.id)) restore(parts, program)
      }
      const [only] = programs
      return programs.length === 1 && only ? { node: only.node.id } : {}
    },
    inverse: ({ programs }, { before }) =>
      programs
        .filter(({ node }) => !before.nodes.has(node.id))
        .map(({ node }) => ({ type: 'removeNode', node: node.id })),
  },
}

export function formerProgram(node: Node, { before }: Pick<Done, 'before'>): FormerProgram {
  const { id, role, origin, protocolId, policy } = node
  const row = before.rows.get(protocolId ?? '')
  return {
    node: {
      id,
      role,
      origin,
      ...(protocolId !== undefined && { protocolId }),
      ...(policy !== undefined && { policy }),
      ...known(settingsOfRole(role), { ...node }),
    },
    followers: followersOf(id, before),
    row: row?.node === id ? row : undefined,
  }
}

/** The nodes that it stands in front of. */
export function followersOf(node: NodeId, { nodes }: Pick<State, 'nodes'>): readonly NodeId[] {
  const ids = [...nodes.keys()]
  return ids.slice(ids.indexOf(node) + 1)
}

function clearedIn({ before, after }: Done): readonly NodeState[] {
  return [...before.nodes.values()].filter((node) => hasLeft(node) && !after.nodes.has(node.id))
}

function restore({ lab, outside, proxy }: LabParts, { node, followers, row }: FormerProgram): void {
  const { state } = lab.journal
  if (row) {
    if (state.rows.has(row.server)) throw new CommandError(visibly`Id ${row.server} is taken.`)
    if (state.rows.size >= MAX_SERVERS) {
      throw new CommandError(`The table has ${MAX_SERVERS} servers already.`)
    }
    const owner = portOwner(lab, row.address, row.listenPort)
    if (owner !== undefined) throw new CommandError(portOfAppWords(row.listenPort, owner))
  }
  const before = followers.find((id) => state.nodes.has(id))
  if (!outside.add(node, before)) throw new CommandError('There are too many programs already.')
  if (row === undefined) return
  proxy.restoreServer(row)
  proxy.configureServer(row.server, node.id, serverSettings(node))
}

/** A server's settings, with the default of each that it lacks. */
export function serverSettings(server: Node): SettledOf<typeof SERVER_SETTINGS> {
  return settled(SERVER_SETTINGS, known(SERVER_SETTINGS, server))
}
