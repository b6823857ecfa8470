// Words for the roundabout while no server is registered but registrations are in flight.

import { counted } from '../../../shared/format'
import type { State } from '../../../shared/state/state'

/**
 * `4 servers are registering`; undefined if no registration is in flight. Held registrations are not counted: they are
 * shown elsewhere.
 */
export function registeringWords({ inFlight }: Pick<State, 'inFlight'>): string | undefined {
  const servers = new Set<string>()
  for (const { kind, held, from } of inFlight.values()) if (kind === 1 && !held) servers.add(from)
  if (servers.size === 0) return undefined
  return `${counted(servers.size, 'server')} ${servers.size === 1 ? 'is' : 'are'} registering`
}
