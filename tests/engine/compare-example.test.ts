// The example of a comparison: what it says of two algorithms, beside theory, over several seeds.
import { expect, it } from 'vitest'
import { playLab } from '../../src/main/compare/play-lab'
import { scenarioIn } from '../support/examples'

const FOR_MS = 300_000
const SEEDS = [1, 2, 3, 4]

it('the-same-arrivals-under-two-algorithms: in turn, a third of the messages wait for the slow server', async () => {
  const example = scenarioIn('the-same-arrivals-under-two-algorithms')
  const { compare = [] } = example
  const means: number[][] = []
  for (const seed of SEEDS) {
    const labs = await Promise.all(
      compare.map((compared) =>
        playLab(
          { scenario: { ...example, seed }, compared, forMs: FOR_MS },
          { played: () => false },
        ),
      ),
    )
    const [inTurn, fewest] = labs.map(({ servers }) => {
      const all = servers.reduce((sum, { chosen }) => sum + chosen, 0)
      return (servers[2]?.chosen ?? 0) / all
    })
    expect(inTurn).toBeCloseTo(1 / 3, 2)
    // The fewest in flight: in proportion to the speeds it would be a seventh, and a server with nothing to do is as good as
    // any other, however slow.
    expect(fewest).toBeGreaterThan(1 / 7)
    expect(fewest).toBeLessThan(0.27)
    means.push(
      labs.map(({ metrics }) => {
        const rows = metrics.find(([key]) => key === 'all ')?.[1].rows ?? []
        const [answered, wholeUs] = [2, 8].map((place) =>
          rows.reduce((sum, row) => sum + (row[place] ?? 0), 0),
        )
        return (wholeUs ?? 0) / 1000 / (answered ?? 1)
      }),
    )
  }
  const [inTurn = 0, fewest = 0] = [0, 1].map(
    (lab) => means.reduce((sum, one) => sum + (one[lab] ?? 0), 0) / SEEDS.length,
  )
  // In turn, each server gets every third message of a Poisson stream. The links take 200 ms.
  const expected = 200 + (meanTimeInTurn(300) + 2 * meanTimeInTurn(100)) / 3
  // One seed's mean deviates by 16 ms, and the difference between the two by 14 ms: four deviations of four seeds' mean.
  expect(Math.abs(inTurn - expected)).toBeLessThan((4 * 16) / Math.sqrt(SEEDS.length))
  // The mean difference is 78 ms.
  expect(inTurn - fewest).toBeGreaterThan(78 - (4 * 14) / Math.sqrt(SEEDS.length))
  // Eight labs of five minutes each: five seconds of work on a machine that does nothing else.
}, 60_000)

/** At a server that gets every third message of 6 a second: E₃/M/1, whose queue empties by a factor σ. */
function meanTimeInTurn(workMs: number): number {
  const perSecond = 1_000 / workMs
  let sigma = 0.5
  for (let times = 0; times < 500; times++) sigma = (6 / (6 + perSecond * (1 - sigma))) ** 3
  return workMs / (1 - sigma)
}
