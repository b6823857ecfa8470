// Commands that send messages.
import { BURST_SPACING, MAX_BURST_MS } from '../../../shared/limits'
import { visibly } from '../../../shared/visible-controls'
import { CommandError } from '../command-error'
import type { LabParts, Rows } from './row'

export const TRAFFIC_COMMANDS: Rows<'sendMessage' | 'sendAll'> = {
  sendMessage: {
    carryOut({ actors, lab }, { client: id, count = 1, ...message }) {
      const client = actors.client(id)
      if (client === undefined) throw new CommandError(visibly`There is no client ${id}.`)
      const { policy = client.node.policy, payload = client.node.payload } = message
      client.sendLater({ policy, payload }, burst(lab, count))
      return id
    },
    inverse: null,
  },
  sendAll: {
    carryOut({ actors, lab }) {
      const clients = actors.allClients()
      if (clients.length === 0) throw new CommandError('There are no clients: add one first.')
      const delaysMs = burst(lab, clients.length)
      for (const [index, client] of clients.entries()) {
        client.sendLater(client.node, delaysMs.slice(index, index + 1))
      }
    },
    inverse: null,
  },
}

/** Delays a little apart: each message is seen, and their order at the proxy is the order on screen. */
function burst({ links }: LabParts['lab'], count: number): readonly number[] {
  const spacingMs = Math.min(links.latencyMs * BURST_SPACING, MAX_BURST_MS / count)
  return Array.from({ length: count }, (_, index) => index * spacingMs)
}
