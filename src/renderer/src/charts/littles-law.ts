// Little's law, L = λ × W, over some seconds: each of its three figures is measured by itself, and so is what those that were in
// flight at the beginning or the end add to L. All that left counts, however it ended.
import type { ShownSecond } from './seconds'

export interface LittlesLaw {
  /** In flight, on average. */
  readonly l: number
  /** λ: left, by second. */
  readonly perSecond: number
  /** How long those that left had been in flight, in seconds, on average. */
  readonly w: number
  /** What L has beyond λ × W: of those that are still in flight, less what those at the beginning had been in flight before. */
  readonly atEdges: number
  readonly inFlight: { readonly before: number; readonly after: number }
  /** An older version has not measured it: λ and W are those of answered messages only. */
  readonly isOlder: boolean
}

export function littlesLaw(shown: readonly ShownSecond[]): LittlesLaw {
  const seconds = shown.filter(({ isUnknown }) => !isUnknown)
  const [first, last] = [seconds[0], seconds.at(-1)]
  const sum = (of: (one: ShownSecond) => number) =>
    seconds.reduce((total, one) => total + of(one), 0)
  const count = Math.max(1, seconds.length)
  const l = sum(({ inFlightMs }) => inFlightMs) / 1000 / count
  const isOlder = seconds.some(({ left }) => left === undefined)
  const left = sum((one) => (isOlder ? one.answered : (one.left ?? 0)))
  const leftMs = sum((one) => (isOlder ? one.wholeMs : one.leftMs))
  const atEdgesMs =
    first && last && !isOlder
      ? last.presentMs - (first.presentMs + first.leftMs - first.inFlightMs)
      : 0
  return {
    l,
    perSecond: left / count,
    w: left === 0 ? 0 : leftMs / left / 1000,
    atEdges: atEdgesMs / 1000 / count,
    inFlight: {
      before: first ? first.inFlight + (first.left ?? 0) - first.begun : 0,
      after: last?.inFlight ?? 0,
    },
    isOlder,
  }
}
