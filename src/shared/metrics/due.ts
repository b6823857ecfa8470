// The share of its policy's messages that is due to a server: by its weight, or as much as to each other one where the algorithm
// sees no weights. A backup gets no share while others can be chosen.
import type { Row } from '../events'
import { POOL_SETTINGS, seesWeights } from '../settings/pool'
import { SERVER_SETTINGS } from '../settings/server'
import type { KnownServers } from './known-servers'
import type { MetricsOf } from './second'

/** What the share depends on. */
type Settings = Pick<KnownServers, 'nodes' | 'rows' | 'algorithms'>

/** Undefined for groups other than a server in the table, and if no server has a share. */
export function dueOf(
  { of, id }: { readonly of: MetricsOf; readonly id: string },
  settings: Settings,
): number | undefined {
  const { rows, nodes } = settings
  const row = of === 'server' ? rows.get(id) : undefined
  if (row === undefined) return undefined
  const ofPolicy = [...rows.values()].filter(({ policy }) => policy === row.policy)
  const isBackup = ({ node }: Row) => nodes.get(node)?.backup ?? SERVER_SETTINGS.backup.default
  const main = ofPolicy.filter((other) => !isBackup(other))
  const all = sumOf(main, settings)
  if (all > 0) return isBackup(row) ? 0 : partOf(row, settings) / all
  const ofBackups = sumOf(ofPolicy, settings)
  return ofBackups === 0 ? undefined : partOf(row, settings) / ofBackups
}

function sumOf(rows: readonly Row[], settings: Settings): number {
  return rows.reduce((sum, row) => sum + partOf(row, settings), 0)
}

/** Nothing is due to a server that is down, or is drained. */
function partOf({ node, health, policy }: Row, { nodes, algorithms }: Settings): number {
  if (health === 'down') return 0
  const { weight = SERVER_SETTINGS.weight.default, drain = false } = nodes.get(node) ?? {}
  if (drain) return 0
  return seesWeights(algorithms.get(policy) ?? POOL_SETTINGS.algorithm.default) ? weight : 1
}
