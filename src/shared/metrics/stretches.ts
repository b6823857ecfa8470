// The latencies of a group's past seconds as histograms of stretches of time: recent ones are a second long, earlier ones
// longer, in powers of two. Stretches merge without a loss, so that percentiles over several of them stay exact.
import { merged, type SparseCounts } from './histogram'
import { LATENCIES, type Latency } from './second'

export interface Stretch extends Readonly<Record<Latency, SparseCounts>> {
  /** Seconds from this one on, before that one. */
  readonly from: number
  readonly to: number
}

type Histograms = Readonly<Record<Latency, SparseCounts>>

/** A stretch is at most this part of its age long: the first is for everything together, the other for its parts. */
const FINENESS = { all: 4, other: 1 }

/** Adds the latencies of a second, and merges earlier stretches that are old enough to be longer. */
export function withLatencies(
  stretches: readonly Stretch[],
  second: number,
  { link, queue, service, whole }: Histograms,
  of: keyof typeof FINENESS,
): readonly Stretch[] {
  const made: Stretch[] = []
  const fresh = { from: second, to: second + 1, link, queue, service, whole }
  for (const stretch of whole.length > 0 ? [...stretches, fresh] : stretches) {
    const { from, to } = spanOf(stretch, second + 1, FINENESS[of])
    const last = made.at(-1)
    if (last !== undefined && last.from >= from) made[made.length - 1] = joined(last, stretch, to)
    else if (to <= stretch.to) made.push(stretch)
    else made.push({ ...stretch, from, to })
  }
  return made
}

/** Merges the two oldest stretches. */
export function coarser([one, other, ...newer]: readonly Stretch[]): readonly Stretch[] {
  if (one === undefined || other === undefined) return one === undefined ? [] : [one]
  return [joined(one, other, other.to), ...newer]
}

/** Merges the stretches that lie mostly within these seconds. Undefined without any. */
export function latenciesOver(
  stretches: readonly Stretch[],
  fromSecond: number,
  toSecond: number,
): Stretch | undefined {
  let all: Stretch | undefined
  for (const stretch of stretches) {
    const middle = (stretch.from + stretch.to) / 2
    if (middle < fromSecond || middle > toSecond) continue
    all = all === undefined ? stretch : joined(all, stretch, stretch.to)
  }
  return all
}

export function numbersIn(stretches: readonly Stretch[]): number {
  let sum = 0
  for (const stretch of stretches) for (const name of LATENCIES) sum += stretch[name].length
  return sum
}

function joined(one: Stretch, other: Stretch, to: number): Stretch {
  return {
    from: one.from,
    to: Math.max(one.to, to),
    link: merged(one.link, other.link),
    queue: merged(one.queue, other.queue),
    service: merged(one.service, other.service),
    whole: merged(one.whole, other.whole),
  }
}

/**
 * The longest stretch that the first second of this one may be in: it begins at a multiple of its length, a power of two. One
 * that is such a stretch already need not be compared with shorter ones.
 */
function spanOf(stretch: Stretch, now: number, fineness: number): { from: number; to: number } {
  const { from: second, to: end } = stretch
  const length = end - second
  let size = (length & (length - 1)) === 0 && second % length === 0 ? length : 1
  while (true) {
    const next = 2 * size
    const from = Math.floor(second / next) * next
    if (from + next + fineness * next > now) break
    size = next
  }
  const from = Math.floor(second / size) * size
  return { from, to: from + size }
}
