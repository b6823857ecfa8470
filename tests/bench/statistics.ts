// The few numbers that a benchmark boils its rounds down to.

/** For an even number of values, the mean of the two in the middle: two rounds must not show the lesser. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = Math.floor(sorted.length / 2)
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2
}

/** The value that `percent` of the values lie at or below; NaN of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN
}

/**
 * Between these two the median of all possible values lies, 19 times out of 20, whatever their distribution: the number of
 * values below it is a number of heads.
 */
export function medianInterval(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b)
  const below = Math.max(0, Math.floor(sorted.length / 2 - 0.98 * Math.sqrt(sorted.length)) - 1)
  return [sorted[below] ?? Number.NaN, sorted[sorted.length - 1 - below] ?? Number.NaN]
}

/** Round by round: what ran side by side is compared. */
export function ratios(numerators: readonly number[], denominators: readonly number[]): number[] {
  return numerators.map((value, round) => value / (denominators[round] ?? Number.NaN))
}
