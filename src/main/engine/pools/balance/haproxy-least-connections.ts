// Least connections as HAProxy has it: servers stand in a queue by messages in flight for the weight; an idle one is
// before every busy one, whatever its weight. Among equal ones the one that has stood there longest comes first
// (lb_fwlc.c of HAProxy 2.6).
import type { ProtocolId } from '../../../../shared/ids'
import type { Algorithm, Member } from './algorithm'
import { loadViews } from './least-connections'
import { idsOf, marksAmong, memberAt } from './places'
import { behindEquals, insertSorted } from './sorted'

/** HAProxy's most effective weight, and how much of it one unit of weight is. */
const FULL_WEIGHT = 4_096
const WEIGHT_UNIT = 16

interface Standing {
  readonly id: ProtocolId
  readonly place: number
  readonly weight: number
  readonly key: number
}

interface Queue {
  readonly ids: readonly ProtocolId[]
  /** Of those that can be used, sorted by key; who has come to a key earlier is before its equals. */
  readonly standing: readonly Standing[]
  readonly marksOf: (available: readonly Member[]) => Uint8Array
}

export const haproxyLeastConnections: Algorithm<Queue> = {
  name: 'haproxy-least-connections',
  hasTurn: false,

  begin: (members) => queued(members, []),

  choose(available, memory) {
    const { standing } = memory
    const marks = memory.marksOf(available)
    const first = standing.find(({ place }) => marks[place] === 1)
    // Nobody in the queue is left: a last resort, which the queue does not know.
    const place = first?.place ?? marks.indexOf(1)
    const tied =
      first === undefined ? 1 : behindEquals(standing, first.key) - standing.indexOf(first)
    const id = memberAt(memory.ids, place)
    const index =
      available.length === marks.length ? place : available.findIndex((other) => other.id === id)
    const compared = loadViews(available, index)
    return { server: id, memory, reason: { by: 'haproxy-least-connections', compared, tied } }
  },

  changed: (members, memory) => queued(members, memory.standing, memory.ids),

  usable(available, memory) {
    const marks = memory.marksOf(available)
    const standing = memory.standing.filter(({ place }) => marks[place] === 1)
    const isQueued = new Uint8Array(marks.length)
    for (const { place } of standing) isQueued[place] = 1
    let index = 0
    for (const [place, mark] of marks.entries()) {
      if (mark === 0) continue
      const member = memberAt(available, index++)
      if (isQueued[place] === 0) insertSorted(standing, standingOf(member, place))
    }
    return { ...memory, standing }
  },

  loadChanged(server, memory) {
    const { id } = server
    const at = indexOf(memory.standing, id)
    const before = memory.standing[at]
    if (before === undefined) return memory
    const now = standingOf(server, before.place)
    if (before.key === now.key) return memory
    const standing = memory.standing.slice()
    standing.splice(at, 1)
    insertSorted(standing, now)
    return { ...memory, standing }
  },
}

/** Those who stay keep their place; who is new or has another weight goes behind its equals. */
function queued(
  members: readonly Member[],
  before: readonly Standing[],
  ids: readonly ProtocolId[] = [],
): Queue {
  const places = new Map(members.map(({ id }, place) => [id, place]))
  const standing: Standing[] = []
  const known = new Set(ids)
  for (const one of before) {
    const place = places.get(one.id)
    if (place === undefined) continue
    if (memberAt(members, place).weight === one.weight) standing.push({ ...one, place })
    else known.delete(one.id)
  }
  for (const [place, member] of members.entries()) {
    if (!known.has(member.id)) insertSorted(standing, standingOf(member, place))
  }
  const all = idsOf(members)
  return { ids: all, standing, marksOf: marksAmong(all) }
}

function indexOf(standing: readonly Standing[], id: ProtocolId): number {
  for (let index = 0; index < standing.length; index++) {
    if (standing[index]?.id === id) return index
  }
  return -1
}

function standingOf({ id, load, weight }: Member, place: number): Standing {
  const { inFlight } = load
  const key =
    inFlight === 0 ? 0 : Math.floor(((inFlight + 1) * FULL_WEIGHT) / (weight * WEIGHT_UNIT))
  return { id, place, weight, key }
}
