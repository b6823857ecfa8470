// A chunk is halved again and again until its slices are small enough, and they leave one after another. Bytes that are no
// message pass whole: a receiver that gives up in the middle of them would take the rest for another fault.
import type { Random } from '../../clock/random'
import { type FaultKind, PASSES } from './fault'

export const slicer: FaultKind = ({ averageBytes, variationBytes, pauseMs }, random) => ({
  pass({ bytes, isMessage }) {
    const most = averageBytes + variationBytes
    if (!isMessage || bytes <= most) return PASSES
    const ends = cuts(0, bytes, most, variationBytes, random)
    const laterMs = ends.length * pauseMs
    const slices = ends.map((end, index) => ({ end, earlierMs: laterMs - index * pauseMs }))
    return { laterMs, slices, count: slices.length + 1 }
  },
  takenOut({ laterMs = 0, slices = [] }, hereMs) {
    const gone = slices.flatMap(({ end, earlierMs }) => {
      const sentAfterMs = laterMs - earlierMs
      return sentAfterMs <= hereMs ? [{ end, earlierMs: hereMs - sentAfterMs }] : []
    })
    return { laterMs: hereMs, slices: gone, count: gone.length + 1 }
  },
})

/** The offsets between the slices, in order. */
function cuts(from: number, to: number, most: number, variation: number, random: Random): number[] {
  if (to - from <= most) return []
  const offset = variation === 0 ? 0 : random.integer(2 * variation) - variation
  const middle = from + Math.floor((to - from) / 2) + offset
  const cut = Math.min(to - 1, Math.max(from + 1, middle))
  return [
    ...cuts(from, cut, most, variation, random),
    cut,
    ...cuts(cut, to, most, variation, random),
  ]
}
