// Round-robin: the servers of a policy take turns in order of registration. The turn of a server that is not
// available goes to the next one that is.
import type { ProtocolId } from '../../../../shared/ids'
import type { Algorithm, Member } from './algorithm'
import { idsOf, memberAt } from './places'

interface Turns {
  readonly order: readonly ProtocolId[]
  /** The place in `order` whose turn is next. One past the last is the first, or who joins until then. */
  readonly turn: number
}

export const roundRobin: Algorithm<Turns> = {
  name: 'round-robin',
  hasTurn: true,

  begin: (members) => ({ order: idsOf(members), turn: 0 }),

  choose(available, { order, turn }) {
    const first = turn % order.length
    const place = placeOfNext(available, order, first)
    return {
      server: memberAt(order, place),
      memory: { order, turn: place + 1 },
      reason: () => ({ by: 'round-robin', turn: memberAt(order, first) }),
    }
  },

  changed(members, { order, turn }) {
    const ids = idsOf(members)
    const staying = new Set(ids)
    const last = order.slice(0, turn).findLast((id) => staying.has(id))
    return { order: ids, turn: last === undefined ? 0 : ids.indexOf(last) + 1 }
  },
}

/** The place of the first available server from `first` on, around the end. */
function placeOfNext(
  available: readonly Member[],
  order: readonly ProtocolId[],
  first: number,
): number {
  if (available.length === order.length) return first
  let firstOfAll: number | undefined
  let index = 0
  for (let place = 0; place < order.length; place++) {
    if (available[index]?.id !== order[place]) continue
    if (place >= first) return place
    firstOfAll ??= place
    index++
  }
  if (firstOfAll === undefined) throw new Error('No member is available.')
  return firstOfAll
}
