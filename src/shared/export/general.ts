// What holds for all real programs and whatever pool: they balance connections.
import type { ExportSetup } from './setup'

/** `program`: `HAProxy`. `readsMessages`: it looks into a connection's first message. */
export function generalDifferences(program: string, readsMessages: boolean): string[] {
  const routed = readsMessages
    ? `${program} routes a connection once, by its first message: later messages on it go to the same server, whatever policy they ask for. The lab chooses for each message.`
    : `${program} does not look into messages: each policy has a port of its own, and a connection goes to one server. The lab chooses for each message.`
  return [
    routed,
    'Loads and limits count open connections, not messages in flight: a client that stays connected counts as busy.',
    'Registrations are not taken: the servers are listed in the file, and a change is a reload.',
    'Where the lab answers with an error, the connection is closed without a byte.',
    'A server’s connection lives as long as its client’s, so a server must answer several messages on one connection.',
  ]
}

/** What there is nothing to export for. */
export function emptyDifferences({ pools }: ExportSetup): string[] {
  return pools.length > 0
    ? []
    : ['There is no server in the lab: the file has no pool, and every connection is closed.']
}
