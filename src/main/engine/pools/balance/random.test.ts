import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../clock/random'
import { start } from './algorithm'
import { random } from './random'
import { ask, members } from './testing'

/** The next `count` choices of one generator. */
function choose(available: ReturnType<typeof members>, count: number, seed: number): string[] {
  const running = start(random, available)
  const given = ask(seed)
  return Array.from({ length: count }, () => running.choose(available, given).server)
}

describe('random', () => {
  it('chooses the same servers again for the same seed, and others for another one', () => {
    const available = members('1', '2', '3')
    expect(choose(available, 50, 7)).toEqual(choose(available, 50, 7))
    expect(choose(available, 50, 7)).not.toEqual(choose(available, 50, 8))
  })

  it('chooses each server as often as the others, as far as chance allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 10 }), fc.integer(), (count, seed) => {
        const ids = Array.from({ length: count }, (_, index) => String(index))
        const draws = 2_000
        const chosen = choose(members(...ids), draws, seed)
        const expected = draws / count
        const deviation = Math.sqrt(draws * (1 / count) * (1 - 1 / count))
        for (const id of ids) {
          const times = chosen.filter((other) => other === id).length
          // One in two million such counts is further off by chance.
          expect(Math.abs(times - expected)).toBeLessThan(5 * deviation)
        }
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  it('chooses only servers that are available, and says which one it drew', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(99).map(String), { minLength: 1 }),
        fc.nat(),
        (ids, seed) => {
          const available = members(...ids)
          const choice = start(random, available).choose(available, ask(seed))
          const drawn = createRandom(seed).integer(available.length)
          expect(choice.reason()).toEqual({ by: 'random', drawn })
          expect(choice.server).toBe(available[drawn]?.id)
        },
      ),
    )
  })

  it('has no turn', () => {
    expect(start(random, members('1', '2')).coming(members('1', '2'), 1)).toEqual([])
  })
})
