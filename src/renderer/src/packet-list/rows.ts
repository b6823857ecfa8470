// Which packet is in which row of the list: by a range of numbers, or by the ids that match a filter or are in an
// order.
import type { PacketId } from '../../../shared/ids'
import type { State } from '../../../shared/state/state'
import { countUpTo } from '../past/id-list'
import type { Matches, Order } from '../past/matches'

export interface ListRows {
  count: number
  /** Packets that match and are newer than `upTo`. */
  newer: number
  idAt(row: number): PacketId | undefined
  /** -1 where the packet is not listed. */
  rowOf(id: PacketId): number
}

/**
 * Without `matches`, all packets of the session are listed by number. `upTo`: in order of number, newer packets are
 * left out; undefined: none are.
 */
export function rowsOf(
  state: Pick<State, 'packets' | 'firstPacket'>,
  { key, descending }: Order,
  matches: Matches | undefined,
  upTo: PacketId | undefined,
): ListRows {
  const end = state.packets.end
  if (matches?.ids.kind === 'inOrder') return inOrder(matches.ids.ids)
  if (matches) {
    const { older, recent } = matches.ids
    return byNumber(older, recent, upTo ?? end, descending)
  }
  // The list is empty until matches are found.
  if (key !== 'id') return inOrder(new Uint32Array(0))
  const first = Math.min(state.firstPacket, end)
  return all(first, Math.max(first, Math.min(upTo ?? end, end)), end, descending)
}

function all(first: number, last: number, end: number, descending: boolean): ListRows {
  const count = last - first
  return {
    count,
    newer: end - last,
    idAt: (row) => {
      if (row < 0 || row >= count) return undefined
      return descending ? last - row : first + 1 + row
    },
    rowOf: (id) => {
      if (id <= first || id > last) return -1
      return descending ? last - id : id - first - 1
    },
  }
}

function byNumber(
  older: Uint32Array,
  recent: Uint32Array,
  upTo: PacketId,
  descending: boolean,
): ListRows {
  const olderCount = countUpTo(older, upTo)
  const count = olderCount + countUpTo(recent, upTo)
  const turned = (place: number) => (descending ? count - 1 - place : place)
  return {
    count,
    newer: older.length + recent.length - count,
    idAt: (row) => {
      if (row < 0 || row >= count) return undefined
      const place = turned(row)
      return place < olderCount ? older[place] : recent[place - olderCount]
    },
    rowOf: (id) => {
      if (id > upTo) return -1
      const inOlder = countUpTo(older, id)
      if (inOlder > 0 && older[inOlder - 1] === id) return turned(inOlder - 1)
      const inRecent = countUpTo(recent, id)
      return inRecent > 0 && recent[inRecent - 1] === id ? turned(olderCount + inRecent - 1) : -1
    },
  }
}

function inOrder(ids: Uint32Array): ListRows {
  return {
    count: ids.length,
    newer: 0,
    idAt: (row) => ids[row],
    rowOf: (id) => ids.indexOf(id),
  }
}
