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
    let place = placeAt(places, best)
    if (tied !== undefined) {
      const pick = pickSmoothly(memory, placesAt(places, tied, available.length))
      smooth = pick.smooth
      place = pick.place
    }
    const index = places === null ? place : places.indexOf(place)
    return {
      server: memberAt(memory.ids, place),
      memory: smooth,
      reason: {
        by: 'least-connections',
        compared: loadViews(available, index),
        tied: tied?.length ?? 1,
      },
    }
  },

  changed: beginSmooth,

  failed: (server, maxFails, memory) => failSmoothly(memory, server, maxFails),
}

/** `tied`: the indices of all that carry as little as the first of them; undefined where it is alone. */
function leastLoaded(available: readonly Member[]): { best: number; tied: number[] | undefined } {
  let best = 0
  let least = memberAt(available, 0)
  let tied: number[] | undefined
  let load = least.load.inFlight
  let weight = least.weight
  for (let index = 1; index < available.length; index++) {
    const other = memberAt(available, index)
    const mine = other.load.inFlight * weight
    const theirs = load * other.weight
    if (mine < theirs) {
      best = index
      least = other
      load = other.load.inFlight
      weight = other.weight
      tied = undefined
    } else if (mine === theirs) {
      if (tied === undefined) tied = [best, index]
      else tied.push(index)
    }
  }
  return { best, tied }
}

function placeAt(places: Places, index: number): number {
  return places === null ? index : (places[index] ?? 0)
}

function placesAt(places: Places, indices: readonly number[], all: number) {
  if (places === null) return indices
  return indices.length === all ? places : indices.map((index) => placeAt(places, index))
}

/** What was compared: the chosen one and the others, or those around it. */
export function loadViews(available: readonly Member[], chosen: number): LoadView[] {
  const { from, to } = toldOf(available.length, chosen)
  return available.slice(from, to).map(loadView)
}

export function loadView({ id, weight, load }: Member): LoadView {
  return { server: id, inFlight: load.inFlight, weight }
}
