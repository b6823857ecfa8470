// The traffic view: links and the exits of the rings are as wide as the rate on them.

/** The rates whose widths the legend shows. */
export const SAMPLE_RATES = [1, 10, 100] as const

const LEAST_WIDTH = 1
const PER_POWER_OF_TEN = 2.2
/** The rate at which an exit of a ring is as wide as the ring, to the power of ten. */
const WHOLE_RING = 3

/** The width of a link in flow units: it grows evenly with each tenfold rate. */
export function widthOfRate(perSecond: number): number {
  return LEAST_WIDTH + PER_POWER_OF_TEN * Math.log10(1 + perSecond)
}

/** The part of a ring's width, 0 to 1. */
export function partOfRing(perSecond: number): number {
  return Math.min(1, Math.log10(1 + perSecond) / WHOLE_RING)
}
