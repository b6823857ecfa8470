// Commands that add, change and remove nodes.
import type { Command, CommandOf } from '../../../shared/commands'
import type { Node } from '../../../shared/events'
import { CLIENT_SETTINGS } from '../../../shared/settings/client'
import { changeable, forOutside, given, saved, settled } from '../../../shared/settings/derive'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { CommandError } from '../command-error'
import type { Done, LabParts, Rows } from './row'

type NodeCommand = 'addServer' | 'addClient' | 'updateServer' | 'updateClient' | 'removeNode'

const CHANGEABLE_SERVER = changeable(SERVER_SETTINGS)
const OUTSIDE_SERVER = forOutside(SERVER_SETTINGS)

export const NODE_COMMANDS: Rows<NodeCommand> = {
  addServer: {
    carryOut: ({ actors }, command) => actors.addServer(command),
    inverse: removeAdded,
  },
  addClient: {
    carryOut: ({ actors }, command) => actors.addClient(command),
    inverse: removeAdded,
  },
  updateServer: {
    carryOut: (parts, command) =>
      parts.outside.has(command.node)
        ? updateOutsideServer(parts, command)
        : parts.actors.updateServer(command.node, command),
    inverse({ node }, done) {
      const { origin, ...old } = nodeBefore(node, done)
      const settings = settled(SERVER_SETTINGS, old)
      const changed =
        origin === 'outside'
          ? given(OUTSIDE_SERVER, settings)
          : { ...identity(old), ...given(CHANGEABLE_SERVER, settings) }
      return [{ type: 'updateServer', node: done.node ?? node, ...changed }]
    },
  },
  updateClient: {
    carryOut: ({ actors }, command) => actors.updateClient(command.node, command),
    inverse({ node }, done) {
      const old = nodeBefore(node, done)
      const settings = given(changeable(CLIENT_SETTINGS), old)
      return [{ type: 'updateClient', node: done.node ?? node, ...identity(old), ...settings }]
    },
  },
  removeNode: {
    carryOut: removeNode,
    inverse: ({ node }, done) => addAgain(nodeBefore(node, done)),
  },
}

/** An outside program determines its id and policy by its own messages; only some settings belong to the lab. */
function updateOutsideServer(
  { lab, outside, proxy }: LabParts,
  { type: _type, node, ...asked }: CommandOf<'updateServer'>,
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

/** An outside program returns by itself, with its next message. */
function addAgain(node: Node): readonly Command[] {
  if (node.origin === 'outside') return []
  if (node.role === 'client') {
    return [{ type: 'addClient', ...identity(node), ...given(CLIENT_SETTINGS, node) }]
  }
  return [{ type: 'addServer', ...identity(node), ...saved(SERVER_SETTINGS, node) }]
}

function nodeBefore(id: string, { before }: Done): Node {
  const node = before.nodes.get(id)
  if (node === undefined) throw new Error(`The command about ${id} was carried out without it.`)
  return node
}

function identity({ protocolId: id, policy }: Pick<Node, 'protocolId' | 'policy'>) {
  return { id, policy }
}
