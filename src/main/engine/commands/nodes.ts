// Commands that add, change and remove nodes.
import type { Command, CommandOf } from '../../../shared/commands'
import type { Node } from '../../../shared/events'
import type { ProtocolId } from '../../../shared/ids'
import { CLIENT_SETTINGS } from '../../../shared/settings/client'
import {
  changeable,
  differing,
  forOutside,
  given,
  type Settings,
  settled,
} from '../../../shared/settings/derive'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { hasLeft } from '../../../shared/state/left-clients'
import { CommandError } from '../command-error'
import { changedSettings, nameOf, oneOrAll } from './labels'
import { keepPlace } from './node-places'
import { placeOf } from './place'
import type { Done, LabParts, Restoration, RestorationRow, Rows } from './row'

type NodeCommand =
  | 'addServer'
  | 'addClient'
  | 'updateServer'
  | 'updateClient'
  | 'removeNode'
  | 'clearLeftClients'

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
        : keepPlace(parts, command.node, await parts.actors.updateServer(command.node, command)),
    inverse({ node }, done) {
      const found = changedNode(node, done)
      if (found === undefined) return []
      const { old, now } = found
      const settings = old.origin === 'outside' ? OUTSIDE_SERVER : CHANGEABLE_SERVER
      return undoUpdate(found, done, {
        type: 'updateServer',
        node,
        ...policyIfChanged(old, now),
        ...differing(settings, settled(SERVER_SETTINGS, old), settled(SERVER_SETTINGS, now)),
      })
    },
    label: ({ node }, done) => updateLabel(node, done, CHANGEABLE_SERVER),
  },
  updateClient: {
    carryOut: async (parts, command) =>
      keepPlace(parts, command.node, await parts.actors.updateClient(command.node, command)),
    inverse({ node }, done) {
      const found = changedNode(node, done)
      if (found === undefined) return []
      const { old, now } = found
      return undoUpdate(found, done, {
        type: 'updateClient',
        node,
        ...policyIfChanged(old, now),
        ...differing(CHANGEABLE_CLIENT, old, now),
      })
    },
    label: ({ node }, done) => updateLabel(node, done, CHANGEABLE_CLIENT),
  },
  removeNode: {
    carryOut: removeNode,
    inverse({ node: id }, done) {
      const node = done.before.nodes.get(id)
      return node === undefined || done.after.nodes.has(id) ? [] : addAgain(node, done)
    },
    label: ({ node: id }, { before }) => {
      const node = before.nodes.get(id)
      return `remove ${node === undefined ? id : nameOf(node)}`
    },
  },
  /** Each comes back by itself, with its next message. */
  clearLeftClients: {
    carryOut({ lab, outside }) {
      const left = [...lab.journal.state.nodes.values()].filter(hasLeft)
      for (const { id } of left) outside.remove(id)
    },
    inverse: null,
  },
}

interface NodeRestorations {
  restoreNode: RestorationRow<'restoreNode'>
  keepPlace: RestorationRow<'keepPlace'>
}

export const NODE_RESTORATIONS: NodeRestorations = {
  restoreNode: {
    async carryOut({ lab, actors }, former) {
      const node = await actors.restore(former)
      return { node, ...portNote(former.node, lab.journal.state.nodes.get(node)) }
    },
    inverse: removeAdded,
  },
  /** The place of a row that is removed again is forgotten by itself. */
  keepPlace: {
    carryOut({ proxy }, { node, place }) {
      proxy.keepPlace(node, place)
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
    throw new CommandError(`There is no server ${node}.`)
  }
  for (const [field, value] of Object.entries(asked)) {
    if (value === undefined || field in OUTSIDE_SERVER) continue
    throw new CommandError(`${field}: ${node} is an outside program, which sets this itself.`)
  }
  const changes = given(OUTSIDE_SERVER, asked)
  outside.change(node, changes)
  const settings = settled(SERVER_SETTINGS, { ...server, ...changes })
  proxy.configureServer(server.protocolId, node, settings)
  return node
}

async function removeNode(
  { actors, outside, proxy }: LabParts,
  { node }: CommandOf<'removeNode'>,
): Promise<void> {
  if (await actors.remove(node)) return
  if (!outside.has(node)) throw new CommandError(`There is no ${node} that can be removed.`)
  proxy.disconnect(node)
  proxy.removeNode(node)
  outside.remove(node)
}

function removeAdded(_: unknown, { node }: Done): readonly Command[] {
  return node === undefined ? [] : [{ type: 'removeNode', node }]
}

function addedLabel(_: unknown, { after, node: id }: Done): string {
  const node = id === undefined ? undefined : after.nodes.get(id)
  return node === undefined ? 'add a node' : `add ${nameOf(node)}`
}

/** An outside program returns by itself, with its next message. */
function addAgain(node: Node, done: Done): readonly Restoration[] {
  if (node.origin === 'outside') return []
  const nodes = [...done.before.nodes.keys()]
  const restored = {
    type: 'restoreNode',
    node,
    followers: nodes.slice(nodes.indexOf(node.id) + 1),
  } as const
  if (node.role === 'client') return [restored]
  return [{ type: 'keepPlace', node: node.id, place: placeOf(node, done) }, restored]
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
  if (old.id !== now.id) return [...addAgain(old, done), { type: 'removeNode', node: now.id }]
  if (Object.keys(again).every((name) => name === 'type' || name === 'node')) return []
  if (again.policy === undefined || old.role !== 'server') return [again]
  return [{ type: 'keepPlace', node: old.id, place: placeOf(old, done) }, again]
}

function policyIfChanged(old: Node, now: Node): { policy?: ProtocolId } {
  return old.policy === undefined || old.policy === now.policy ? {} : { policy: old.policy }
}

function updateLabel(id: string, done: Done, settings: Settings): string {
  const found = changedNode(id, done)
  if (found === undefined) return `change ${id}`
  const { old, now } = found
  const words = [
    ...(old.protocolId === now.protocolId ? [] : ['the id']),
    ...(old.policy === now.policy ? [] : ['the policy']),
    ...changedSettings(settings, old, now),
  ]
  return `change ${oneOrAll(words)} of ${nameOf(old)}`
}
