// The servers of a policy as its inspector lists them.
import type { NodeId, ProtocolId } from '../../../shared/ids'
import { SERVER_SETTINGS } from '../../../shared/settings/server'
import { type Standing, standingsIn } from '../../../shared/state/standing'
import type { NodeState, RowState, State } from '../../../shared/state/state'

export interface PoolMember {
  readonly server: ProtocolId
  readonly node: NodeId
  readonly settings: Carried
  /** The messages that it has. */
  readonly inHand: number
  /** Its share of the messages for which a server of the policy was chosen; empty before the first one. */
  readonly share: string
  readonly standings: readonly Standing[]
}

interface Carried {
  readonly weight: number
  readonly maxConnections: number
  readonly backup: boolean
  readonly drain: boolean
}

type Source = Pick<State, 'rows' | 'nodes' | 'decisions'>

/** In order of registration. */
export function poolMembers(state: Source, policy: ProtocolId): PoolMember[] {
  const own = [...state.rows.values()].filter((row) => row.policy === policy)
  const all = own.reduce((sum, { chosen }) => sum + chosen, 0)
  return own.map((row) => ({
    server: row.server,
    node: row.node,
    settings: carriedBy(state.nodes.get(row.node)),
    inHand: row.inFlight ?? 0,
    share: shareOf(row, all),
    standings: standingsIn(state, row),
  }))
}

function carriedBy(node: NodeState | undefined): Carried {
  const { weight, maxConnections, backup, drain } = SERVER_SETTINGS
  return {
    weight: node?.weight ?? weight.default,
    maxConnections: node?.maxConnections ?? maxConnections.default,
    backup: node?.backup ?? backup.default,
    drain: node?.drain ?? drain.default,
  }
}

function shareOf({ chosen }: RowState, all: number): string {
  return all === 0 ? '' : `${Math.round((100 * chosen) / all)} %`
}
