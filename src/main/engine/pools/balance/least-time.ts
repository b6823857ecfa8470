// Least time as Finagle's peak EWMA has it: of two servers that are drawn, the one with the smaller cost. A server's cost is
// the average time of its answers, times the messages that it would then have. A slow answer counts at once and in full, and
// is forgotten over `decayMs`.
import type { DrawnCost } from '../../../../shared/decision/reason'
import type { ProtocolId, SimMs } from '../../../../shared/ids'
import type { Algorithm, Member } from './algorithm'
import { idsOf, memberAt, type Places, placesAmong } from './places'
import { drawTwo } from './two-choices'

/** The cost of a server that has a message and has never answered: no average is that long. */
const PENALTY = 2 ** 47 - 1

interface Average {
  readonly costMs: number
  /** When it was looked at last. */
  readonly at: SimMs
}

interface Averages {
  readonly ids: readonly ProtocolId[]
  /** By place; undefined before anything was observed. */
  readonly averages: readonly (Average | undefined)[]
  readonly placesOf: (available: readonly Member[]) => Places
}

export function leastTime(decayMs: SimMs): Algorithm<Averages> {
  /** A look counts as an answer that took no time: the cost decays while nobody answers. */
  function observe(before: Average | undefined, tookMs: SimMs, now: SimMs): Average {
    const costMs = before?.costMs ?? 0
    if (before === undefined || tookMs > costMs) return { costMs: tookMs, at: now }
    const left = Math.exp(-Math.max(0, now - before.at) / decayMs)
    return { costMs: costMs * left + tookMs * (1 - left), at: now }
  }

  return {
    name: 'least-time',
    hasTurn: false,

    begin: (members) => averagesOf(members, new Map()),

    choose(available, memory, { now, random }) {
      const { ids, placesOf } = memory
      const averages = memory.averages.slice()
      const places = placesOf(available)
      const isAlone = available.length === 1
      const indices = isAlone
        ? [0]
        : drawTwo({ total: available.length, ends: undefined, unit: 1 }, random)
      const drawn: DrawnCost[] = []
      for (const index of indices) {
        const { id, load } = memberAt(available, index)
        const place = places === null ? index : (places[index] ?? 0)
        const average = observe(averages[place], 0, now)
        averages[place] = average
        drawn.push({ server: id, inFlight: load.inFlight, costMs: average.costMs })
      }
      const one = memberAt(drawn, 0)
      const other = memberAt(drawn, isAlone ? 0 : 1)
      return {
        server: loadOf(one) < loadOf(other) ? one.server : other.server,
        memory: { ids, averages, placesOf },
        reason: () => ({ by: 'least-time', drawn }),
      }
    },

    changed: (members, { ids, averages }) =>
      averagesOf(members, new Map(ids.map((id, place) => [id, averages[place]]))),

    ended({ id }, tookMs, now, memory) {
      const place = memory.ids.indexOf(id)
      const averages = memory.averages.slice()
      averages[place] = observe(averages[place], tookMs, now)
      return { ids: memory.ids, averages, placesOf: memory.placesOf }
    },
  }
}

function averagesOf(
  members: readonly Member[],
  known: ReadonlyMap<ProtocolId, Average | undefined>,
): Averages {
  const ids = idsOf(members)
  return { ids, averages: ids.map((id) => known.get(id)), placesOf: placesAmong(ids) }
}

function loadOf({ costMs, inFlight }: DrawnCost): number {
  return costMs === 0 && inFlight > 0 ? PENALTY + inFlight : costMs * (inFlight + 1)
}
