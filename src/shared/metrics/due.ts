// The share of its policy's messages that is due to a server by its weight. A backup gets no share while others can be chosen.
import type { Node, Row } from '../events'
import type { NodeId, ProtocolId } from '../ids'
import { SERVER_SETTINGS } from '../settings/server'
import type { MetricsOf } from './second'

type Nodes = ReadonlyMap<NodeId, Node>

/** Undefined for groups other than a server in the table, and if no server has a share. */
export function dueOf(
  { of, id }: { readonly of: MetricsOf; readonly id: string },
  rows: ReadonlyMap<ProtocolId, Row>,
  nodes: Nodes,
): number | undefined {
  const row = of === 'server' ? rows.get(id) : undefined
  if (row === undefined) return undefined
  const ofPolicy = [...rows.values()].filter(({ policy }) => policy === row.policy)
  const isBackup = ({ node }: Row) => nodes.get(node)?.backup ?? SERVER_SETTINGS.backup.default
  const main = ofPolicy.filter((other) => !isBackup(other))
  const all = sumOf(main, nodes)
  if (all > 0) return isBackup(row) ? 0 : weightOf(row, nodes) / all
  const ofBackups = sumOf(ofPolicy, nodes)
  return ofBackups === 0 ? undefined : weightOf(row, nodes) / ofBackups
}

function sumOf(rows: readonly Row[], nodes: Nodes): number {
  return rows.reduce((sum, row) => sum + weightOf(row, nodes), 0)
}

/** A server that is down, or is drained, has no weight. */
function weightOf({ node, health }: Row, nodes: Nodes): number {
  if (health === 'down') return 0
  const { weight = SERVER_SETTINGS.weight.default, drain = false } = nodes.get(node) ?? {}
  return drain ? 0 : weight
}
