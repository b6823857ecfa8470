import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countIn } from './histogram'
import { coarser, latenciesOver, type Stretch, withLatencies } from './stretches'

const NONE = { link: [], queue: [], service: [] }
const seconds = fc.uniqueArray(fc.nat({ max: 4000 }), { minLength: 1, maxLength: 300 })

/** In each of these seconds, one message whose latency is in a bucket of its own. */
function after(all: readonly number[], of: 'all' | 'other'): readonly Stretch[] {
  let stretches: readonly Stretch[] = []
  for (const second of [...all].sort((one, other) => one - other)) {
    stretches = withLatencies(stretches, second, { ...NONE, whole: [second % 50, 1] }, of)
  }
  return stretches
}

it('loses no message, in stretches that follow one another and begin at multiples of their lengths', () => {
  fc.assert(
    fc.property(seconds, fc.constantFrom('all', 'other'), (all, of) => {
      const stretches = after(all, of)
      expect(stretches.reduce((sum, { whole }) => sum + countIn(whole), 0)).toBe(all.length)
      stretches.forEach(({ from, to }, index) => {
        expect(from % (to - from)).toBe(0)
        expect(from).toBeGreaterThanOrEqual(stretches[index - 1]?.to ?? 0)
      })
    }),
  )
})

it('has few stretches for an hour, and none is longer than a quarter of its age', () => {
  const stretches = after(
    Array.from({ length: 3600 }, (_, second) => second),
    'all',
  )
  expect(stretches.length).toBeLessThan(64)
  for (const { from, to } of stretches.filter((one) => one.to - one.from > 1)) {
    expect((to - from) * 4).toBeLessThanOrEqual(3600 - to)
  }
})

it('gives the latencies of the seconds that are asked for', () => {
  const stretches = after([1, 2, 3, 4, 5], 'all')
  expect(latenciesOver(stretches, 4, 6)).toMatchObject({ from: 4, to: 6, whole: [4, 1, 5, 1] })
  expect(latenciesOver(stretches, 20, 30)).toBeUndefined()
  expect(latenciesOver(coarser(stretches), 0, 6)?.whole).toEqual([1, 1, 2, 1, 3, 1, 4, 1, 5, 1])
})
