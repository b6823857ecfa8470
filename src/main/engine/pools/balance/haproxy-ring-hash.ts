// Ring hash as HAProxy's `hash-type consistent` has it: 16 points for each unit of weight, which depend on the server's
// number in its backend; a key goes to the nearer one of both its neighbours (lb_chash.c of HAProxy 2.6).
import type { ProtocolId } from '../../../../shared/ids'
import type { Algorithm, Member } from './algorithm'
import { fullHash, keyBytes, sdbm } from './hashes'
import { keyToTell } from './key'
import { idsOf, marksAmong, memberAt } from './places'
import { type HashRing, indexFrom, type LazyRing, lazyRing } from './ring'

const POINTS_PER_UNIT = 16
/** HAProxy's range of effective weights, which is also how many points belong to each server's number. */
const POINTS_PER_NUMBER = 4_096

interface Points {
  readonly ids: readonly ProtocolId[]
  /** By server, its number in the backend. */
  readonly numbers: ReadonlyMap<ProtocolId, number>
  readonly ring: LazyRing
  readonly marksOf: (available: readonly Member[]) => Uint8Array
  /** Whose points are on the ring: everybody's, but for those that are down. */
  readonly up: Uint8Array | undefined
}

export const haproxyRingHash: Algorithm<Points> = {
  name: 'haproxy-ring-hash',
  hasTurn: false,

  begin: (members) => pointsOf(members, new Map()),

  choose(available, memory, { key }) {
    const marks = memory.marksOf(available)
    const up = memory.up ?? marks
    const ring = memory.ring()
    const { points, places } = ring
    const hash = fullHash(sdbm(keyBytes(key)))
    const after = nextIn(ring, indexFrom(ring, hash), 1, up)
    const before = nextIn(ring, previous(ring, indexFrom(ring, hash)), -1, up)
    const isBefore =
      places[before] !== places[after] &&
      (hash - (points[before] ?? 0)) >>> 0 <= ((points[after] ?? 0) - hash) >>> 0
    const near = isBefore ? before : after
    // One that an earlier attempt has tried is still on the ring: from there the key goes to the next one.
    const chosen = marks[places[near] ?? 0] === 1 ? near : nextIn(ring, near, 1, marks)
    const nameAt = (index: number) => memberAt(memory.ids, places[index] ?? 0)
    return {
      server: nameAt(chosen),
      memory,
      reason: () => ({
        by: 'haproxy-ring-hash',
        key: keyToTell(key),
        hash,
        before: { server: nameAt(before), point: points[before] ?? 0 },
        after: { server: nameAt(after), point: points[after] ?? 0 },
      }),
    }
  },

  changed: (members, { numbers }) => pointsOf(members, numbers),

  usable: (available, memory) => ({ ...memory, up: memory.marksOf(available) }),
}

/** Who joins gets the least number that is free, as with `add server`; nobody else's changes. */
function pointsOf(members: readonly Member[], before: ReadonlyMap<ProtocolId, number>): Points {
  const ids = idsOf(members)
  const numbers = new Map<ProtocolId, number>()
  const taken = new Set<number>()
  for (const id of ids) {
    const number = before.get(id)
    if (number === undefined) continue
    numbers.set(id, number)
    taken.add(number)
  }
  let free = 1
  for (const id of ids) {
    if (numbers.has(id)) continue
    while (taken.has(free)) free++
    numbers.set(id, free++)
  }
  const weights = members.map(({ weight }) => weight)
  const ring = lazyRing(weights, POINTS_PER_UNIT, (place, count, add) => {
    const number = numbers.get(memberAt(ids, place)) ?? 0
    for (let index = 0; index < count; index++) add(fullHash(number * POINTS_PER_NUMBER + index))
  })
  return { ids, numbers, ring, marksOf: marksAmong(ids), up: undefined }
}

function previous({ points }: HashRing, index: number): number {
  return index === 0 ? points.length - 1 : index - 1
}

/** From this point on, in this direction, the first one of a marked server. */
function nextIn(ring: HashRing, from: number, step: 1 | -1, marks: Uint8Array): number {
  const { points, places } = ring
  let index = from
  for (let count = 0; count < points.length; count++) {
    if (marks[places[index] ?? 0] === 1) return index
    if (step < 0) index = previous(ring, index)
    else index = index + 1 === points.length ? 0 : index + 1
  }
  return from
}
