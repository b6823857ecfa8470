// Least connections as HAProxy has it: servers stand in a queue by messages in flight for the weight; an idle one is
// before every busy one, whatever its weight. Among equal ones the one that has stood there longest comes first
// (lb_fwlc.c of HAProxy 2.6).
import type { ProtocolId } from '../../../../shared/ids'
import type { Algorithm, Member } from './algorithm'
import { loadViews } from './least-connections'
import { idsOf, marksAmong, memberAt } from './places'
import { itemsIn, type Sorted, sorted, withItem, withoutItem } from './sorted'

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
  /** The servers that can be used, by key. One that has come to a key earlier is before its equals. */
  readonly standing: Sorted<Standing>
  readonly marksOf: (available: readonly Member[]) => Uint8Array
}

export const haproxyLeastConnections: Algorithm<Queue> = {
  name: 'haproxy-least-connections',
  hasTurn: false,
  givesFreeSlots: true,

  begin: (members) => queued(members, [], []),

  choose(available, memory) {
    const marks = memory.marksOf(available)
    const { first, tied } = foremost(memory.standing, marks)
    // Nobody in the queue is left: a last resort, which the queue does not know.
    const place = first?.place ?? marks.indexOf(1)
    const id = memberAt(memory.ids, place)
    const index =
      available.length === marks.length ? place : available.findIndex((other) => other.id === id)
    return {
      server: id,
      memory,
      reason: () => ({
        by: 'haproxy-least-connections',
        compared: loadViews(available, index),
        tied,
      }),
    }
  },

  changed: (members, memory) => queued(members, itemsIn(memory.standing), memory.ids),

  usable(available, memory) {
    const marks = memory.marksOf(available)
    const isQueued = new Uint8Array(marks.length)
    const staying = itemsIn(memory.standing).filter(({ place }) => marks[place] === 1)
    for (const { place } of staying) isQueued[place] = 1
    let standing = sorted(staying)
    let index = 0
    for (const [place, mark] of marks.entries()) {
      if (mark === 0) continue
      const member = memberAt(available, index++)
      if (isQueued[place] === 0) standing = withItem(standing, standingOf(member, place))
    }
    return { ...memory, standing }
  },

  loadChanged(server, by, memory) {
    const { ids, standing, marksOf } = memory
    const { id, weight, load } = server
    const taken = withoutItem(standing, keyOf(load.inFlight - by, weight), (one) => one.id === id)
    if (taken === undefined) return memory
    const now = standingOf(server, taken.item.place)
    const isSame = now.key === taken.item.key
    return isSame ? memory : { ids, standing: withItem(taken.list, now), marksOf }
  },
}

/** The first of those that are marked, and how many of these have as little. */
function foremost(standing: Sorted<Standing>, marks: Uint8Array) {
  let first: Standing | undefined
  let tied = 0
  for (const part of standing) {
    for (const one of part) {
      if (marks[one.place] === 0) continue
      first ??= one
      if (one.key !== first.key) return { first, tied }
      tied++
    }
  }
  return { first, tied: Math.max(1, tied) }
}

/** Those who stay keep their place; who is new or has another weight goes behind its equals. */
function queued(
  members: readonly Member[],
  before: readonly Standing[],
  ids: readonly ProtocolId[],
): Queue {
  const places = new Map(members.map(({ id }, place) => [id, place]))
  const known = new Set(ids)
  const staying: Standing[] = []
  for (const one of before) {
    const place = places.get(one.id)
    if (place === undefined) continue
    if (memberAt(members, place).weight === one.weight) staying.push({ ...one, place })
    else known.delete(one.id)
  }
  let standing = sorted(staying)
  for (const [place, member] of members.entries()) {
    if (!known.has(member.id)) standing = withItem(standing, standingOf(member, place))
  }
  const all = idsOf(members)
  return { ids: all, standing, marksOf: marksAmong(all) }
}

function standingOf({ id, load, weight }: Member, place: number): Standing {
  return { id, place, weight, key: keyOf(load.inFlight, weight) }
}

function keyOf(inFlight: number, weight: number): number {
  return inFlight === 0 ? 0 : Math.floor(((inFlight + 1) * FULL_WEIGHT) / (weight * WEIGHT_UNIT))
}
