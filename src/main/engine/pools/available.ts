// Which servers of a policy can be chosen for a message, and why the others cannot.
import type { PassedOver } from '../../../shared/decision/reason'
import type { ProtocolId } from '../../../shared/ids'

interface Candidate {
  readonly id: ProtocolId
  readonly health: 'up' | 'down'
}

export interface Availability<S> {
  readonly available: readonly S[]
  readonly passedOver: readonly PassedOver[]
}

const NOBODY: readonly PassedOver[] = []

/**
 * Servers that are up and not tried yet. Where all of those that are left are down, each of them is available as a last
 * resort: it may be back.
 */
export function availability<S extends Candidate>(
  servers: readonly S[],
  tried: readonly ProtocolId[],
): Availability<S> {
  const untried = tried.length === 0 ? servers : servers.filter(({ id }) => !tried.includes(id))
  const up = untried.filter(({ health }) => health === 'up')
  const available = up.length > 0 ? up : untried
  if (available.length === servers.length) return { available: servers, passedOver: NOBODY }
  const passedOver: PassedOver[] = []
  for (const { id, health } of servers) {
    if (tried.includes(id)) passedOver.push({ server: id, why: 'tried' })
    else if (health === 'down' && up.length > 0) passedOver.push({ server: id, why: 'down' })
  }
  return { available, passedOver }
}
