// Shares that are together 100 per cent, in whole per cents: when one changes, the others give or take in proportion.

export function evenShares(count: number): number[] {
  return rounded(Array<number>(count).fill(1))
}

/** The share at `index` becomes `percent`. */
export function withPercent(percents: readonly number[], index: number, percent: number): number[] {
  if (percents.length < 2) return [100]
  const others = percents.filter((_, at) => at !== index)
  const left = rounded(others, 100 - percent)
  return [...left.slice(0, index), percent, ...left.slice(index)]
}

/** In the proportion of the weights, or evenly where all are 0. */
function rounded(weights: readonly number[], total = 100): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  let [exact, given] = [0, 0]
  return weights.map((weight) => {
    exact += (total * (sum === 0 ? 1 : weight)) / (sum === 0 ? weights.length : sum)
    const share = Math.round(exact) - given
    given += share
    return share
  })
}
