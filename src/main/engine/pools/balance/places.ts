// Where do the available servers stand among the members?
import type { ProtocolId } from '../../../../shared/ids'
import type { Member } from './algorithm'

/** The places of the available members, in their order; null: all of them are available. */
export type Places = Int32Array | null

/** Computes once for each list. The pool gives the same list until somebody's availability changes. */
export function remembered<T>(
  compute: (available: readonly Member[]) => T,
): (available: readonly Member[]) => T {
  let last: { available: readonly Member[]; value: T } | undefined
  return (available) => {
    if (last?.available !== available) last = { available, value: compute(available) }
    return last.value
  }
}

/** Computes once for the same members in the same order, whichever list they are in. */
export function rememberedFor<T>(
  compute: (servers: readonly Member[]) => T,
): (servers: readonly Member[]) => T {
  let last: { readonly servers: readonly Member[]; readonly value: T } | undefined
  /** The list that was given last: it need not be compared again. */
  let list: readonly Member[] | undefined
  return (servers) => {
    if (last === undefined || (list !== servers && !areSameServers(last.servers, servers))) {
      last = { servers: servers.slice(), value: compute(servers) }
    }
    list = servers
    return last.value
  }
}

export function areSameServers<S>(some: readonly S[], others: readonly S[]): boolean {
  return some.length === others.length && some.every((server, place) => server === others[place])
}

export function placesAmong(ids: readonly ProtocolId[]): (available: readonly Member[]) => Places {
  return remembered((available) => {
    if (available.length === ids.length) return null
    const places = new Int32Array(available.length)
    let place = 0
    for (let index = 0; index < available.length; index++) {
      const { id } = memberAt(available, index)
      while (ids[place] !== id) {
        if (++place >= ids.length) throw new Error(`${id} is no member.`)
      }
      places[index] = place++
    }
    return places
  })
}

/** By place, 1 where the member is available. */
export function marksAmong(
  ids: readonly ProtocolId[],
): (available: readonly Member[]) => Uint8Array {
  return remembered((available) => {
    const marks = new Uint8Array(ids.length)
    let next = 0
    for (let place = 0; place < ids.length && next < available.length; place++) {
      if (ids[place] !== available[next]?.id) continue
      marks[place] = 1
      next++
    }
    if (next < available.length) throw new Error(`${memberAt(available, next).id} is no member.`)
    return marks
  })
}

export function idsOf(members: readonly Member[]): ProtocolId[] {
  return members.map(({ id }) => id)
}

export function memberAt<T>(members: readonly T[], place: number): T {
  const member = members[place]
  if (member === undefined) throw new Error(`There is no member at place ${place}.`)
  return member
}

/** Up to this many servers, a decision has what was compared of each. Beyond it, only of those around the chosen one. */
const MOST_TOLD = 32
const TOLD_OF_MANY = 8

/** The places in a list that a decision tells of: all of them, or those around the chosen one. */
export function toldOf(length: number, chosen: number): { from: number; to: number } {
  if (length <= MOST_TOLD) return { from: 0, to: length }
  const from = Math.max(0, Math.min(chosen - TOLD_OF_MANY / 2, length - TOLD_OF_MANY))
  return { from, to: from + TOLD_OF_MANY }
}
