// nginx's smooth weighted round-robin, which decides alone, or among servers that something else has left
// (ngx_stream_upstream_round_robin.c: get_peer, free).
import type { SmoothView } from '../../../../shared/decision/reason'
import type { ProtocolId } from '../../../../shared/ids'
import type { Member } from './algorithm'
import { idsOf, memberAt, type Places, placesAmong, toldOf } from './places'

/** By place. */
export interface Smooth {
  readonly ids: readonly ProtocolId[]
  readonly weights: readonly number[]
  /** Failures lower it; each time that the server is looked at it rises by 1 until it is the weight again. */
  readonly effective: readonly number[]
  /** Their sum is 0 between choices. */
  readonly current: readonly number[]
  readonly placesOf: (available: readonly Member[]) => Places
}

interface SmoothPick {
  readonly place: number
  /** Its index among the places. */
  readonly index: number
  /** The sum of the effective weights that took part. The chosen one has paid it. */
  readonly total: number
  readonly smooth: Smooth
}

/** As after a reload: nginx's workers begin anew with every change of the servers or their weights. */
export function beginSmooth(members: readonly Member[]): Smooth {
  const ids = idsOf(members)
  const weights = members.map(({ weight }) => weight)
  const current = members.map(() => 0)
  return { ids, weights, effective: weights, current, placesOf: placesAmong(ids) }
}

/** Slow start is no reload: current weights stay, and nobody has more than its weight. */
export function weighSmoothly(members: readonly Member[], smooth: Smooth): Smooth {
  const weights = members.map(({ weight }) => weight)
  const isWhole = smooth.effective === smooth.weights
  const effective = isWhole
    ? weights
    : smooth.effective.map((share, place) => Math.min(share, weights[place] ?? 0))
  return { ...smooth, weights, effective }
}

/** Chooses among these places: the largest current weight, the first of equal ones. The others' weights are frozen. */
export function pickSmoothly(before: Smooth, places: Places): SmoothPick {
  const { ids, weights, effective, placesOf } = before
  const current = before.current.slice()
  let best = -1
  let bestIndex = -1
  let most = Number.NEGATIVE_INFINITY
  let total = 0
  const count = places === null ? current.length : places.length
  for (let index = 0; index < count; index++) {
    const place = places === null ? index : (places[index] ?? 0)
    const share = effective[place] ?? 0
    const now = (current[place] ?? 0) + share
    current[place] = now
    total += share
    if (now > most) {
      best = place
      bestIndex = index
      most = now
    }
  }
  if (best < 0) throw new Error('No member is available.')
  current[best] = most - total
  const smooth = { ids, weights, effective: recovered(before, places), current, placesOf }
  return { place: best, index: bestIndex, total, smooth }
}

/** Each that was looked at is one nearer to its weight. The weights themselves, once all have recovered. */
function recovered({ weights, effective }: Smooth, places: Places): readonly number[] {
  if (effective === weights) return weights
  const raised = effective.slice()
  for (const place of places ?? weights.keys()) {
    raised[place] = Math.min((raised[place] ?? 0) + 1, weights[place] ?? 0)
  }
  return raised.every((share, place) => share === weights[place]) ? weights : raised
}

/** A failure costs a part of the effective weight; all of it, where one failure is enough. Not with a single server. */
export function failSmoothly(smooth: Smooth, { id }: Member, maxFails: number): Smooth {
  const { ids, weights } = smooth
  const place = ids.indexOf(id)
  if (place < 0 || ids.length === 1 || maxFails === 0) return smooth
  const effective = smooth.effective.slice()
  const weight = weights[place] ?? 0
  const lost = maxFails === 1 ? weight : Math.floor(weight / maxFails)
  effective[place] = Math.max(0, (effective[place] ?? 0) - lost)
  return { ...smooth, effective }
}

/** What the pick compared. */
export function smoothViews(
  before: Smooth,
  { place, index: chosen, smooth, total }: SmoothPick,
  places: Places,
) {
  const { from, to } = toldOf(places?.length ?? before.ids.length, chosen)
  const views: SmoothView[] = []
  for (let index = from; index < to; index++) {
    const at = places === null ? index : (places[index] ?? 0)
    const current = (smooth.current[at] ?? 0) + (at === place ? total : 0)
    views.push({ server: memberAt(before.ids, at), current, effective: before.effective[at] ?? 0 })
  }
  return views
}
