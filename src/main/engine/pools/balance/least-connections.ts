// Least connections as nginx has it: the fewest messages in flight for the weight. Where several have as few, smooth
// weighted round-robin chooses among them alone.
import type { LoadView } from '../../../../shared/decision/reason'
import type { Algorithm, Member } from './algorithm'
import { memberAt, type Places, toldOf } from './places'
import { beginSmooth, failSmoothly, pickSmoothly, type Smooth } from './smooth'

export const leastConnections: Algorithm<Smooth> = {
  name: 'least-connections',
  hasTurn: false,

  begin: beginSmooth,

  choose(available, memory) {
    const { best, tied } = leastLoaded(available)
    const places = memory.placesOf(available)
    let smooth = memory
    let index = best
    if (tied > 1) {
      const indices = tied === available.length ? null : indicesOfTied(available, best, tied)
      const among = indices === null ? places : placesAt(places, indices)
      const pick = pickSmoothly(memory, among)
      smooth = pick.smooth
      index = places === null ? pick.place : places.indexOf(pick.place)
    }
    const { id } = memberAt(available, index)
    const compared = loadViews(available, index)
    return { server: id, memory: smooth, reason: { by: 'least-connections', compared, tied } }
  },

  changed: beginSmooth,

  failed: (server, maxFails, memory) => failSmoothly(memory, server, maxFails),
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

function indicesOfTied(available: readonly Member[], best: number, tied: number): Int32Array {
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

function placesAt(places: Places, indices: Int32Array): Int32Array {
  return places === null ? indices : indices.map((index) => places[index] ?? 0)
}

/** What was compared: the chosen one and the others, or those around it. */
export function loadViews(available: readonly Member[], chosen: number): LoadView[] {
  const { from, to } = toldOf(available.length, chosen)
  return available.slice(from, to).map(loadView)
}

export function loadView({ id, weight, load }: Member): LoadView {
  return { server: id, inFlight: load.inFlight, weight }
}
