// The share of its policy's messages that is due to a server: by its weight, or as much as to each other one where the algorithm
// sees no weights. A backup gets no share while others can be chosen.
import type { Node, Row } from '../events'
import type { NodeId, ProtocolId } from '../ids'
import { POOL_SETTINGS, seesWeights } from '../settings/pool'
import { SERVER_SETTINGS } from '../settings/server'
import type { MetricsOf } from './second'

/** What the servers and their pools are set to. */
interface SetUp {
  readonly rows: ReadonlyMap<ProtocolId, Row>
  readonly nodes: ReadonlyMap<NodeId, Node>
  /** By policy, where it was changed. */
  readonly algorithms: ReadonlyMap<ProtocolId, string>
}

/** Undefined for groups other than a server in the table, and if no server has a share. */
export function dueOf(
  { of, id }: { readonly of: MetricsOf; readonly id: string },
  setUp: SetUp,
): number | undefined {
  const { rows, nodes } = setUp
  const row = of === 'server' ? rows.get(id) : undefined
  if (row === undefined) return undefined
  const ofPolicy = [...rows.values()].filter(({ policy }) => policy === row.policy)
  const isBackup = ({ node }: Row) => nodes.get(node)?.backup ?? SERVER_SETTINGS.backup.default
  const main = ofPolicy.filter((other) => !isBackup(other))
  const all = sumOf(main, setUp)
  if (all > 0) return isBackup(row) ? 0 : partOf(row, setUp) / all
  const ofBackups = sumOf(ofPolicy, setUp)
  return ofBackups === 0 ? undefined : partOf(row, setUp) / ofBackups
}

function sumOf(rows: readonly Row[], setUp: SetUp): number {
  return rows.reduce((sum, row) => sum + partOf(row, setUp), 0)
}

/** Nothing is due to a server that is down, or is drained. */
function partOf({ node, health, policy }: Row, { nodes, algorithms }: SetUp): number {
  if (health === 'down') return 0
  const { weight = SERVER_SETTINGS.weight.default, drain = false } = nodes.get(node) ?? {}
  if (drain) return 0
  return seesWeights(algorithms.get(policy) ?? POOL_SETTINGS.algorithm.default) ? weight : 1
}
