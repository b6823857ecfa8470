// Which packets of the state's own list match a filter, updated with each state: only packets that are new or have
// changed are checked.

import type { Filter } from '../../../shared/filter/filter'
import { factsOf } from '../../../shared/filter/state-facts'
import type { PacketId } from '../../../shared/ids'
import type { Packet, State } from '../../../shared/state/state'

/** Packets that have left the list: the range of their ids, and those of them that matched. */
export interface Left {
  /** The ids greater than this one, up to `upTo`. */
  after: PacketId
  upTo: PacketId
  matched: readonly PacketId[]
}

export class RecentMatches {
  private seen: Packet[] = []
  private matched: boolean[] = []
  private first = 0

  /** Without a filter, all packets match. */
  constructor(private readonly filter: Filter | undefined) {}

  /** Takes a state, and returns which packets its list has dropped since the one before. */
  update(state: Pick<State, 'packets' | 'inFlight'>): Left {
    const { packets } = state
    const left = this.leave(packets.first, packets.end)
    const { seen, matched, filter } = this
    let place = 0
    for (const packet of packets) {
      if (seen[place] !== packet) {
        seen[place] = packet
        matched[place] = filter === undefined || filter.matches(factsOf(packet, state))
      }
      place++
    }
    seen.length = matched.length = place
    return left
  }

  /** The matches in the list with ids greater than `after`, in order of sending. */
  ids(after: PacketId): Uint32Array {
    const from = Math.max(0, after - this.first)
    let count = 0
    for (let place = from; place < this.matched.length; place++) if (this.matched[place]) count++
    const ids = new Uint32Array(count)
    let at = 0
    for (let place = from; place < this.matched.length; place++) {
      if (this.matched[place]) ids[at++] = this.first + place + 1
    }
    return ids
  }

  /** Moves on to a list from `first` to `end`, and starts over if it has no packet in common with the last one. */
  private leave(first: number, end: number): Left {
    const last = this.first + this.seen.length
    const after = this.first
    const continues = first >= this.first && first <= last && end >= last
    if (!continues) {
      this.seen = []
      this.matched = []
      this.first = first
      return { after, upTo: after, matched: [] }
    }
    const gone = first - this.first
    const ids: PacketId[] = []
    for (let place = 0; place < gone; place++) {
      if (this.matched[place]) ids.push(this.first + place + 1)
    }
    this.seen.splice(0, gone)
    this.matched.splice(0, gone)
    this.first = first
    return { after, upTo: first, matched: ids }
  }
}
