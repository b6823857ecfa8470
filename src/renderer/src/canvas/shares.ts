// How a policy's answers are distributed among its servers.
import type { NodeId, ProtocolId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'

type Rows = State['rows']

interface Work {
  total: number
  /** The answers of its busiest server. */
  most: number
}

/** Sums by table, so that one pass over the rows serves all the servers that show their share. */
const known = new WeakMap<Rows, ReadonlyMap<ProtocolId, Work>>()

/**
 * The server's answers in percent (whole) of its policy's answers (`total`), or of its busiest server's (`most`). Among
 * hundreds of servers, a share of the total would be close to zero for each. A server whose id another program has
 * registered has no share: the row counts the other's answers.
 */
export function sharePercent(
  rows: Rows,
  { id, protocolId }: { id: NodeId; protocolId?: ProtocolId | undefined },
  of: keyof Work,
): number {
  const row = protocolId === undefined ? undefined : rows.get(protocolId)
  const work = row && workByPolicy(rows).get(row.policy)
  if (row?.node !== id || !work || row.served === 0) return 0
  return Math.round((100 * row.served) / work[of])
}

function workByPolicy(rows: Rows): ReadonlyMap<ProtocolId, Work> {
  const before = known.get(rows)
  if (before) return before
  const works = new Map<ProtocolId, Work>()
  for (const { policy, served } of rows.values()) {
    const work = works.get(policy)
    if (work) {
      work.total += served
      work.most = Math.max(work.most, served)
    } else {
      works.set(policy, { total: served, most: served })
    }
  }
  known.set(rows, works)
  return works
}
