// Commands that add, change and remove nodes.
import type { Command, CommandOf } from '../../../shared/commands'
import type { Node } from '../../../shared/events'
import type { NodeId, ProtocolId } from '../../../shared/ids'
import { CLIENT_SETTINGS } from '../../../shared/settings/client'
import {
  changeable,
  differing,
  forOutside,
  given,
  known,
  type Settings,
  settled,
} from '../../../shared/settings/derive'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { visibly } from '../../../shared/visible-controls'
import { CommandError } from '../command-error'
import { changeLabel, nameOf } from './labels'
import { movePlace, placesBack, removePlaces } from './node-places'
import { followersOf, formerProgram, serverSettings } from './outside'
import type { Done, LabParts, Restoration, RestorationRow, Rows } from './row'
import { turnToKeep } from './turn'

type NodeCommand = 'addServer' | 'addClient' | 'updateServer' | 'updateClient' | 'removeNode'

const CHANGEABLE_SERVER = changeable(SERVER_SETTINGS)
const CHANGEABLE_CLIENT = changeable(CLIENT_SETTINGS)
const OUTSIDE_SERVER = forOutside(SERVER_SETTINGS)

export const NODE_COMMANDS: Rows<NodeCommand> = {
  addServer: {
    carryOut: ({ actors }, command) => actors.addServer(command),
    inverse: removeAdded,
    label: addedLabel,
  },
  addClient: {
    carryOut: ({ actors }, command) => actors.addClient(command),
    inverse: removeAdded,
    label: addedLabel,
  },
  updateServer: {
    carryOut: async (parts, command) =>
      parts.outside.has(command.node)
        ? updateOutsideServer(parts, command)
        : movePlace(parts, command.node, await parts.actors.updateServer(command.node, command)),
    inverse({ node }, done) {
      const found = changedNode(node, done)
      if (found === undefined) return []
      const { old, now } = found
      const settings = old.origin === 'outside' ? OUTSIDE_SERVER : CHANGEABLE_SERVER
      return undoUpdate(found, done, {
        type: 'updateServer',
        node,
        ...policyIfChanged(old, now),
        ...differing(settings, serverSettings(old), serverSettings(now)),
      })
    },
    label: ({ node }, done) => updateLabel(node, done, CHANGEABLE_SERVER),
  },
  updateClient: {
    carryOut: async (parts, command) =>
      movePlace(parts, command.node, await parts.actors.updateClient(command.node, command)),
    inverse({ node }, done) {
      const found = changedNode(node, done)
      if (found === undefined) return []
      const { old, now } = found
      return undoUpdate(found, done, {
        type: 'updateClient',
        node,
        ...policyIfChanged(old, now),
        ...differing(CHANGEABLE_CLIENT, valuesOf(old), valuesOf(now)),
      })
    },
    label: ({ node }, done) => updateLabel(node, done, CHANGEABLE_CLIENT),
  },
  removeNode: {
    carryOut: removeNode,
    inverse({ node: id }, done) {
      const node = done.before.nodes.get(id)
      if (node === undefined || done.after.nodes.has(id)) return []
      return [...addAgain(node, done), ...placesBack([id], done)]
    },
    label: ({ node: id }, { before }) => {
      const node = before.nodes.get(id)
      return visibly`remove ${node === undefined ? id : nameOf(node)}`
    },
  },
}

function valuesOf(client: Node) {
  return settled(CLIENT_SETTINGS, known(CLIENT_SETTINGS, client))
}

interface NodeRestorations {
  restoreNode: RestorationRow<'restoreNode'>
  keepTurn: RestorationRow<'keepTurn'>
}

export const NODE_RESTORATIONS: NodeRestorations = {
  restoreNode: {
    async carryOut({ lab, actors }, { replaced, ...former }) {
      const node = await actors.restore(former)
      if (replaced !== undefined) await actors.remove(replaced)
      return { node, ...portNote(former.node, lab.journal.state.nodes.get(node)) }
    },
    inverse(command, done) {
      const replaced = done.before.nodes.get(command.replaced ?? '')
      return replaced ? addAgain(replaced, done, command.node.id) : removeAdded(command, done)
    },
  },
  /** The turn of a server that is removed again is forgotten by itself. */
  keepTurn: {
    carryOut({ proxy }, { node, turn }) {
      proxy.keepTurn(node, turn)
      return {}
    },
    inverse: () => [],
  },
}

export function portNote({ port }: Node, now: Node | undefined): { note?: string } {
  if (port === undefined || now === undefined || now.port === port) return {}
  return { note: `Port ${port} is taken: ${nameOf(now)} listens on port ${now.port}.` }
}

/** An outside program determines its id and policy by its own messages; only some settings belong to the lab. */
function updateOutsideServer(
  { lab, outside, proxy }: LabParts,
  { type: _type, node, joins: _joins, ...asked }: CommandOf<'updateServer'>,
): string {
  const server = lab.journal.state.nodes.get(node)
  if (server?.role !== 'server' || server.protocolId === undefined) {
    throw new CommandError(visibly`There is no server ${node}.`)
  }
  for (const [field, value] of Object.entries(asked)) {
    if (value === undefined || field in OUTSIDE_SERVER) continue
    throw new CommandError(
      visibly`${field}: ${node} is an outside program, which sets this itself.`,
    )
  }
  const changes = given(OUTSIDE_SERVER, asked)
  outside.change(node, changes)
  const settings = { ...serverSettings(server), ...changes }
  proxy.configureServer(server.protocolId, node, settings)
  return node
}

async function removeNode(
  { lab, actors, outside, proxy }: LabParts,
  { node }: CommandOf<'removeNode'>,
): Promise<void> {
  if (!(await actors.remove(node))) {
    if (!outside.has(node))
      throw new CommandError(visibly`There is no ${node} that can be removed.`)
    proxy.disconnect(node)
    proxy.removeNode(node)
    outside.remove(node)
  }
  removePlaces(lab, [node])
}

/** A place that was there before the node, from a scenario's file, stays. */
function removeAdded(_: unknown, { before, node }: Done): readonly Command[] {
  if (node === undefined) return []
  const place = before.places.get(node)
  const removed: Command = { type: 'removeNode', node }
  if (place === undefined) return [removed]
  return [removed, { type: 'placeNodes', places: [{ node, ...place }], forgotten: [] }]
}

function addedLabel(_: unknown, { after, node: id }: Done): string {
  const node = id === undefined ? undefined : after.nodes.get(id)
  return node === undefined ? 'add a node' : `add ${nameOf(node)}`
}

/** `replaced`: the node of another id that it has become. */
function addAgain(node: Node, done: Done, replaced?: NodeId): readonly Restoration[] {
  const restored: Restoration =
    node.origin === 'outside'
      ? { type: 'restoreOutside', programs: [formerProgram(node, done)] }
      : {
          type: 'restoreNode',
          node,
          followers: followersOf(node.id, done.before),
          ...(replaced !== undefined && { replaced }),
        }
  if (node.role !== 'server') return [restored]
  return [{ type: 'keepTurn', node: node.id, turn: turnToKeep(node, done) }, restored]
}

interface ChangedNode {
  readonly old: Node
  readonly now: Node
}

/** The node before and after an update; undefined if the command was refused. */
function changedNode(id: string, { before, after, node }: Done): ChangedNode | undefined {
  const old = before.nodes.get(id)
  const now = node === undefined ? undefined : after.nodes.get(node)
  return old && now && { old, now }
}

/** `again` is the command with the earlier values of what was changed. Another id has made another node. */
function undoUpdate(
  { old, now }: ChangedNode,
  done: Done,
  again: CommandOf<'updateServer'> | CommandOf<'updateClient'>,
): readonly (Command | Restoration)[] {
  if (old.id !== now.id) {
    return [...addAgain(old, done, now.id), ...placesBack([old.id, now.id], done)]
  }
  if (Object.keys(again).every((name) => name === 'type' || name === 'node')) return []
  if (again.policy === undefined || old.role !== 'server') return [again]
  return [{ type: 'keepTurn', node: old.id, turn: turnToKeep(old, done) }, again]
}

function policyIfChanged(old: Node, now: Node): { policy?: ProtocolId } {
  return old.policy === undefined || old.policy === now.policy ? {} : { policy: old.policy }
}

function updateLabel(id: string, done: Done, settings: Settings): string {
  const found = changedNode(id, done)
  if (found === undefined) return visibly`change ${id}`
  const { old, now } = found
  const others = [
    ...(old.protocolId === now.protocolId ? [] : ['the id']),
    ...(old.policy === now.policy ? [] : ['the policy']),
  ]
  return changeLabel(settings, old, now, { of: nameOf(old), others })
}
