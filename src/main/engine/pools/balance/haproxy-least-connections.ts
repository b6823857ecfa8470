// Least connections as HAProxy has it: servers stand in a queue by messages in flight for the weight; an idle one is
// before every busy one, whatever its weight. Among equal ones the one that has stood there longest comes first
// (lb_fwlc.c of HAProxy 2.6).
import type { ProtocolId } from '../../../../shared/ids'
import type { Algorithm, Member } from './algorithm'
import { loadViews } from './least-connections'
import { idsOf, marksIn, memberAt, type Places, placesIn } from './places'

/** HAProxy's most effective weight, and how much of it one unit of weight is. */
const FULL_WEIGHT = 4_096
const WEIGHT_UNIT = 16

/** By place. */
interface Queue {
  readonly ids: readonly ProtocolId[]
  readonly placeOf: ReadonlyMap<ProtocolId, number>
  readonly weights: readonly number[]
  readonly keys: readonly number[]
  /** Who has come to a key earlier has a smaller number; who is not in the queue has `NOT_QUEUED`. */
  readonly since: readonly number[]
  readonly lastSince: number
  readonly placesOf: (available: readonly Member[]) => Places
  readonly marksOf: (available: readonly Member[]) => Uint8Array
}

const NOT_QUEUED = Number.MAX_SAFE_INTEGER

export const haproxyLeastConnections: Algorithm<Queue> = {
  name: 'haproxy-least-connections',
  hasTurn: false,

  begin: (members) => queued(members),

  choose(available, memory) {
    const { keys, since } = memory
    const places = memory.placesOf(available)
    let first = -1
    let key = 0
    let earliest = 0
    let tied = 0
    for (let index = 0; index < available.length; index++) {
      const place = places === null ? index : (places[index] ?? 0)
      const other = keys[place] ?? 0
      if (first >= 0 && other > key) continue
      const came = since[place] ?? 0
      if (first < 0 || other < key) tied = 0
      tied++
      if (tied > 1 && came >= earliest) continue
      first = index
      key = other
      earliest = came
    }
    return {
      server: memberAt(available, first).id,
      memory,
      reason: { by: 'haproxy-least-connections', compared: loadViews(available, first), tied },
    }
  },

  changed: queued,

  usable(available, memory) {
    const marks = memory.marksOf(available)
    const since = memory.since.slice()
    const keys = memory.keys.slice()
    let { lastSince } = memory
    let index = 0
    for (let place = 0; place < since.length; place++) {
      const isQueued = since[place] !== NOT_QUEUED
      if (marks[place] === 0) {
        since[place] = NOT_QUEUED
        continue
      }
      const member = memberAt(available, index++)
      if (isQueued) continue
      since[place] = ++lastSince
      keys[place] = keyOf(member)
    }
    return { ...memory, keys, since, lastSince }
  },

  loadChanged(server, memory) {
    const place = memory.placeOf.get(server.id)
    const key = keyOf(server)
    if (place === undefined || memory.keys[place] === key) return memory
    const keys = memory.keys.slice()
    keys[place] = key
    if (memory.since[place] === NOT_QUEUED) return { ...memory, keys }
    const since = memory.since.slice()
    const lastSince = memory.lastSince + 1
    since[place] = lastSince
    return { ...memory, keys, since, lastSince }
  },
}

/** Those who stay keep their place; who is new or has another weight goes behind its equals. */
function queued(members: readonly Member[], before?: Queue): Queue {
  const ids = idsOf(members)
  const keys: number[] = []
  const since: number[] = []
  let lastSince = before?.lastSince ?? 0
  for (const member of members) {
    const place = before?.placeOf.get(member.id)
    const stays = place !== undefined && before?.weights[place] === member.weight
    keys.push(keyOf(member))
    since.push(stays ? (before?.since[place] ?? NOT_QUEUED) : ++lastSince)
  }
  return {
    ids,
    placeOf: new Map(ids.map((id, place) => [id, place])),
    weights: members.map(({ weight }) => weight),
    keys,
    since,
    lastSince,
    placesOf: placesIn(ids),
    marksOf: marksIn(ids),
  }
}

function keyOf({ load, weight }: Member): number {
  const { inFlight } = load
  return inFlight === 0 ? 0 : Math.floor(((inFlight + 1) * FULL_WEIGHT) / (weight * WEIGHT_UNIT))
}
