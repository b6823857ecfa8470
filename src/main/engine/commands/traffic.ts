// Commands that send messages.
import type { NodeId } from '../../../shared/ids'
import { BURST_SPACING, MAX_BURST_MS } from '../../../shared/limits'
import { visibly } from '../../../shared/visible-controls'
import type { ClientActor } from '../actors/client'
import { CommandError } from '../command-error'
import { nameOf } from './labels'
import type { LabParts, Rows } from './row'

export const TRAFFIC_COMMANDS: Rows<'sendMessage' | 'sendAll' | 'startTraffic' | 'stopTraffic'> = {
  sendMessage: {
    carryOut({ actors, lab }, { client: id, count = 1, ...message }) {
      const client = clientOf(actors, id)
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
  startTraffic: {
    carryOut({ actors }, { client: id }) {
      const client = clientOf(actors, id)
      const { traffic } = client
      if (traffic === undefined) {
        throw new CommandError(
          visibly`Traffic of ${nameOf(client.node)} is off: switch it on first.`,
        )
      }
      if (client.isSending) {
        throw new CommandError(visibly`Traffic of ${nameOf(client.node)} has started already.`)
      }
      if (traffic.pattern === 'replay' && traffic.arrivals.trim() === '') {
        throw new CommandError(
          visibly`Traffic of ${nameOf(client.node)} has no arrivals to replay: write their times first, such as 0, 12.5, 40.`,
        )
      }
      client.startTraffic(traffic)
      return id
    },
    inverse: null,
  },
  stopTraffic: {
    carryOut({ actors }, { client: id }) {
      clientOf(actors, id).stopTraffic()
      return id
    },
    inverse: null,
  },
}

/** The client with this node id. Throws a CommandError without one. */
function clientOf(actors: LabParts['actors'], id: NodeId): ClientActor {
  const client = actors.client(id)
  if (client === undefined) throw new CommandError(visibly`There is no client ${id}.`)
  return client
}

/** Starts the traffic of every client that sends from the beginning. */
export function startAtStart({ actors }: LabParts): void {
  for (const client of actors.allClients()) {
    if (client.traffic?.atStart) client.startTraffic(client.traffic)
  }
}

/** Delays a little apart: each message is seen, and their order at the proxy is the order on screen. */
function burst({ links }: LabParts['lab'], count: number): readonly number[] {
  const spacingMs = Math.min(links.latencyMs * BURST_SPACING, MAX_BURST_MS / count)
  return Array.from({ length: count }, (_, index) => index * spacingMs)
}
