// The servers of a policy as its inspector lists them.
import { formatCount } from '../../../shared/format'
import type { NodeId, ProtocolId } from '../../../shared/ids'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { type Standing, standingOf } from '../../../shared/state/standing'
import type { RowState, State } from '../../../shared/state/state'

export interface PoolMember {
  readonly server: ProtocolId
  readonly node: NodeId
  readonly weight: number
  readonly inFlight: string
  /** Of the messages for which a server of the policy was chosen; empty before the first one. */
  readonly share: string
  readonly standing: Standing
}

type Source = Pick<State, 'rows' | 'nodes'>

/** In order of registration. */
export function poolMembers({ rows, nodes }: Source, policy: ProtocolId): PoolMember[] {
  const own = [...rows.values()].filter((row) => row.policy === policy)
  const all = own.reduce((sum, { chosen }) => sum + chosen, 0)
  return own.map((row) => {
    const node = nodes.get(row.node)
    return {
      server: row.server,
      node: row.node,
      weight: node?.weight ?? SERVER_SETTINGS.weight.default,
      inFlight: formatCount(row.inFlight ?? 0),
      share: shareOf(row, all),
      standing: standingOf(row, node),
    }
  })
}

function shareOf({ chosen }: RowState, all: number): string {
  return all === 0 ? '' : `${Math.round((100 * chosen) / all)} %`
}
