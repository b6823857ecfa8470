// How a policy's answers are shared among its servers.
import type { ProtocolId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'

type Rows = State['rows']

interface Work {
  total: number
  /** Of its busiest server. */
  most: number
}

/** Sums by table, so that three hundred servers asking for their share cost one pass over the rows. */
const known = new WeakMap<Rows, ReadonlyMap<ProtocolId, Work>>()

/**
 * What the server has answered, in whole percent of all that its policy's servers have (`total`) or of what the
 * busiest of them has (`most`): among hundreds, everybody's part of all is next to nothing.
 */
export function sharePercent(rows: Rows, server: ProtocolId | undefined, of: keyof Work): number {
  const row = server === undefined ? undefined : rows.get(server)
  const work = row && workByPolicy(rows).get(row.policy)
  if (!row || !work || row.served === 0) return 0
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
