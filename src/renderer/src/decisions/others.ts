// What the other algorithms would have chosen for a message, and how often they would have chosen otherwise: rows of a table.
import { SHADOW_ORDER } from '../../../shared/decision/others'
import type { AlgorithmName } from '../../../shared/decision/reason'
import type { ProtocolId } from '../../../shared/ids'
import type { Decision, ShadowTally } from '../../../shared/state/state'

export interface Share {
  readonly server: ProtocolId
  /** Its place among the candidates. */
  readonly place: number
  /** From 0 to 1. */
  readonly share: number
}

export interface OtherRow {
  readonly algorithm: AlgorithmName
  /** The pool's own one. */
  readonly isOwn: boolean
  readonly server: ProtocolId
  /** How many messages of the tally it would have given to another server; undefined without a tally. */
  readonly elsewhere: number | undefined
  /** What each server would have got, in the order of the candidates. */
  readonly shares: readonly Share[]
}

/** The pool's own algorithm first; none where nobody looked when the decision was made. */
export function othersOf(
  { algorithm, others, candidates }: Decision,
  tally: ShadowTally | undefined,
): readonly OtherRow[] {
  if (others === undefined) return []
  const rows = SHADOW_ORDER.flatMap((name, index): OtherRow[] => {
    const server = others.chosen[index]
    if (server === undefined) return []
    return [
      {
        algorithm: name,
        isOwn: name === algorithm,
        server,
        elsewhere: tally?.elsewhere[index],
        shares: tally === undefined ? [] : sharesOf(tally, index, candidates),
      },
    ]
  })
  return rows.sort((one, other) => Number(other.isOwn) - Number(one.isOwn))
}

function sharesOf(
  { servers, given, messages }: ShadowTally,
  index: number,
  candidates: readonly ProtocolId[],
): Share[] {
  const places = new Map(candidates.map((id, place) => [id, place]))
  return servers
    .flatMap((server, at): Share[] => {
      const count = given[index]?.[at] ?? 0
      const place = places.get(server) ?? candidates.length
      return count === 0 ? [] : [{ server, place, share: count / messages }]
    })
    .sort((one, other) => one.place - other.place)
}
