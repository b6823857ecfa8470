// Least connections as nginx has it: the fewest messages in flight for the weight. Where several have as few, smooth
// weighted round-robin chooses among them alone.
import type { LoadView, Reason } from '../../../../shared/decision/reason'
import type { Algorithm, Member } from './algorithm'
import { failedByTurn, type WithTurns, weighedByTurn } from './fallback'
import { memberAt, type Places, toldOf } from './places'
import { beginSmooth, pickSmoothly } from './smooth'

interface Loads extends WithTurns {
  /** How many members have a message in flight. */
  readonly busy: number
}

export const leastConnections: Algorithm<Loads> = {
  name: 'least-connections',
  hasTurn: false,

  begin,

  choose(available, memory) {
    const tied = memory.busy === 0 ? null : indicesOfTied(available)
    const count = tied?.length ?? available.length
    const reasonFor = (index: number): Reason => ({
      by: 'least-connections',
      compared: loadViews(available, index),
      tied: count,
    })
    if (count === 1) {
      const index = tied?.[0] ?? 0
      const { id } = memberAt(available, index)
      return { server: id, memory, reason: () => reasonFor(index) }
    }
    const places = placesAt(memory.smooth.placesOf(available), tied)
    const { smooth, place, index: among } = pickSmoothly(memory.smooth, places)
    const index = tied?.[among] ?? among
    return {
      server: memberAt(smooth.ids, place),
      memory: { smooth, busy: memory.busy },
      reason: () => reasonFor(index),
    }
  },

  changed: begin,

  weighed: weighedByTurn,

  loadChanged(server, by, memory) {
    const isNews = server.load.inFlight === (by > 0 ? 1 : 0)
    return isNews ? { smooth: memory.smooth, busy: memory.busy + by } : memory
  },

  failed: failedByTurn,
}

function begin(members: readonly Member[]): Loads {
  const busy = members.filter(({ load }) => load.inFlight > 0).length
  return { smooth: beginSmooth(members), busy }
}

/** Those that carry least for their weight; null: all of them. */
function indicesOfTied(available: readonly Member[]): Int32Array | null {
  const { best, tied } = leastLoaded(available)
  if (tied === available.length) return null
  const { load, weight } = memberAt(available, best)
  const least = load.inFlight
  const indices = new Int32Array(tied)
  let count = 0
  for (let index = best; count < tied; index++) {
    const other = memberAt(available, index)
    if (other.load.inFlight * weight === least * other.weight) indices[count++] = index
  }
  return indices
}

/** `best`: the first of those that carry least; `tied`: how many these are. */
function leastLoaded(available: readonly Member[]): { best: number; tied: number } {
  let best = -1
  let tied = 0
  let least = 0
  let weight = 1
  for (let index = 0; index < available.length; index++) {
    const other = available[index]
    if (other === undefined) break
    const { inFlight } = other.load
    if (inFlight === 0 && least === 0 && best >= 0) {
      tied++
      continue
    }
    const mine = inFlight * weight
    const theirs = least * other.weight
    if (best < 0 || mine < theirs) {
      best = index
      tied = 1
      least = inFlight
      weight = other.weight
    } else if (mine === theirs) tied++
  }
  return { best, tied }
}

function placesAt(places: Places, indices: Int32Array | null): Places {
  if (places === null || indices === null) return places ?? indices
  return indices.map((index) => places[index] ?? 0)
}

/** What was compared: the chosen one and the others, or those around it. */
export function loadViews(available: readonly Member[], chosen: number): LoadView[] {
  const { from, to } = toldOf(available.length, chosen)
  return available.slice(from, to).map(loadView)
}

export function loadView({ id, weight, load }: Member): LoadView {
  return { server: id, inFlight: load.inFlight, weight }
}
