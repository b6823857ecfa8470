// Commands that send messages.
import { BURST_SPACING, MAX_BURST_MS } from '../../../shared/limits'
import { CommandError } from '../command-error'
import type { LabParts, Rows } from './row'

export const TRAFFIC_COMMANDS: Rows<'sendMessage' | 'sendAll'> = {
  sendMessage: {
    carryOut({ actors, lab }, { client: id, count = 1, ...message }) {
      const client = actors.client(id)
      if (client === undefined) throw new CommandError(`There is no client ${id}.`)
      const { policy = client.node.policy, payload = client.node.payload } = message
      inBurst(lab, count, (_, delayMs) => client.sendLater({ policy, payload }, delayMs))
      return id
    },
    inverse: null,
  },
  sendAll: {
    carryOut({ actors, lab }) {
      const clients = actors.allClients()
      if (clients.length === 0) throw new CommandError('There are no clients: add one first.')
      inBurst(lab, clients.length, (index, delayMs) => {
        const client = clients[index]
        client?.sendLater(client.node, delayMs)
      })
    },
    inverse: null,
  },
}

/** A little apart, so that each message is seen, and their order at the proxy is the order on screen. */
function inBurst(
  { links }: LabParts['lab'],
  count: number,
  send: (index: number, delayMs: number) => void,
): void {
  const spacingMs = Math.min(links.latencyMs * BURST_SPACING, MAX_BURST_MS / count)
  for (let index = 0; index < count; index++) send(index, index * spacingMs)
}
