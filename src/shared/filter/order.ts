// Sort orders of packets in the state; a recording computes the same orders from its columns.
// Unknown values come last in both directions, and equal packets keep their order of sending.
import type { PacketFacts } from './packet-facts'

/** What packets can be sorted by. */
export type SortKey =
  | 'id'
  | 'type'
  | 'from'
  | 'to'
  | 'policy'
  | 'size'
  | 'link'
  | 'roundTrip'
  | 'status'

type PacketComparison = (a: PacketFacts, b: PacketFacts) => number

/** Undefined if the value is unknown. */
type ValueOf = (packet: PacketFacts) => number | string | undefined

/** `client:2` before `client:10`. */
const names = new Intl.Collator('en', { numeric: true })

const STATUSES: readonly PacketFacts['status'][] = [
  'held',
  'flying',
  'delivered',
  'dropped',
  'unknown',
]
const VERDICTS: readonly PacketFacts['verdict'][] = [undefined, 'correct', 'wrong', 'error']

const VALUE_OF: Record<SortKey, ValueOf> = {
  id: ({ id }) => id,
  type: ({ kind }) => (kind === 'error' ? 3 : kind),
  from: ({ from }) => from,
  to: ({ to }) => to,
  policy: (packet) => packet.policy(),
  size: ({ size }) => size,
  link: (packet) => packet.onLink(),
  roundTrip: (packet) => packet.roundTrip(),
  status: ({ status, verdict }) => STATUSES.indexOf(status) * 4 + VERDICTS.indexOf(verdict),
}

/** Returns a comparison of packets by what a column shows. */
export function packetOrder(key: SortKey, descending: boolean): PacketComparison {
  const shown = VALUE_OF[key]
  const turn = descending ? -1 : 1
  return (a, b) => {
    const one = shown(a)
    const other = shown(b)
    if (one === undefined || other === undefined) {
      return Number(one === undefined) - Number(other === undefined) || a.id - b.id
    }
    return turn * compareValues(one, other) || a.id - b.id
  }
}

function compareValues(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [one, other] = [String(a), String(b)]
  return names.compare(one, other) || (one < other ? -1 : Number(one > other))
}
