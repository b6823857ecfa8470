// When does each pattern send? Exact times where they are exact, and bounds over many seeds where they are drawn.
import { describe, expect, it } from 'vitest'
import { settled } from '../../../shared/settings/derive'
import { TRAFFIC, type TrafficValues } from '../../../shared/settings/features/traffic'
import { createRandom } from '../clock/random'
import { nextArrival } from './next-arrival'
import { PATTERNS } from './registry'

/** The times of the first messages in ms, to the microsecond. */
function arrivals(values: Partial<TrafficValues>, count: number, seed = 1): number[] {
  const all = settled(TRAFFIC.settings, values)
  const pattern = PATTERNS[all.pattern]
  if (pattern.kind !== 'rate') throw new Error('It has no rate.')
  const random = createRandom(seed)
  const times: number[] = []
  let at = 0
  while (times.length < count) {
    const next = nextArrival((ms) => pattern.expected(ms, all), at, pattern.gap(all, random))
    if (next === undefined) break
    at = next
    for (let one = 0; one < pattern.atOnce(all); one++) times.push(Math.round(at * 1000) / 1000)
  }
  return times
}

function thinkTimes(values: Partial<TrafficValues>, count: number): number[] {
  const all = settled(TRAFFIC.settings, values)
  const pattern = PATTERNS['closed-loop']
  if (pattern.kind !== 'loop') throw new Error('It is no loop.')
  const random = createRandom(1)
  return Array.from({ length: count }, () => pattern.thinkMs(all, random))
}

const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length
const gapsOf = (times: readonly number[]) => times.map((at, index) => at - (times[index - 1] ?? 0))

it('constant: all gaps are the same', () => {
  expect(arrivals({ perSecond: 8 }, 4)).toEqual([125, 250, 375, 500])
  const gaps = gapsOf(arrivals({ perSecond: 3 }, 10_000))
  for (const gap of gaps) expect(Math.abs(gap - 1000 / 3)).toBeLessThan(0.0021)
})

it('bursts: so many at once, and on average the rate', () => {
  expect(arrivals({ pattern: 'bursts', perSecond: 6, burst: 3 }, 7)).toEqual([
    500, 500, 500, 1000, 1000, 1000, 1500, 1500, 1500,
  ])
})

describe('poisson', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'seed %d: gaps have the mean and the variance of an exponential',
    (seed) => {
      const gaps = gapsOf(arrivals({ pattern: 'poisson', perSecond: 100 }, 20_000, seed))
      const average = mean(gaps)
      const variance = mean(gaps.map((gap) => (gap - average) ** 2))
      // Four standard errors: 10 ms / √20000, and √8 · 100 / √20000.
      expect(Math.abs(average - 10)).toBeLessThan(0.283)
      expect(Math.abs(variance - 100)).toBeLessThan(8)
    },
  )

  it('counts of disjoint seconds have a variance like their mean', () => {
    const counts: number[] = []
    for (let seed = 1; seed <= 200; seed++) {
      const times = arrivals({ pattern: 'poisson', perSecond: 20 }, 60, seed)
      counts.push(times.filter((at) => at <= 1000).length)
    }
    const average = mean(counts)
    const variance = mean(counts.map((count) => (count - average) ** 2))
    expect(Math.abs(average - 20)).toBeLessThan(1.3)
    expect(variance / average).toBeGreaterThan(0.6)
    expect(variance / average).toBeLessThan(1.5)
  })

  it('the same seed sends the same, another one something else', () => {
    const [one, again, other] = [7, 7, 8].map((seed) => arrivals({ pattern: 'poisson' }, 50, seed))
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
  })
})

it('ramp: the rate grows evenly, and stays', () => {
  const values = { pattern: 'ramp', perSecond: 10, toPerSecond: 30, periodMs: 10_000 } as const
  const times = arrivals(values, 500)
  const within = (from: number, to: number) => times.filter((at) => at > from && at <= to).length
  // The areas under the line: 10 to 12 a second in the first one, and 30 from the tenth second on.
  expect(within(0, 1000)).toBe(11)
  expect(within(4000, 6000)).toBe(40)
  expect(within(0, 10_000)).toBe(200)
  expect(within(10_000, 15_000)).toBe(150)
})

it('sine: there and back in each period', () => {
  const values = { pattern: 'sine', perSecond: 10, toPerSecond: 50, periodMs: 4000 } as const
  const times = arrivals(values, 240)
  const within = (from: number, to: number) => times.filter((at) => at > from && at <= to).length
  for (const period of [0, 4000]) {
    const quarters = [0, 1, 2, 3].map((n) => within(period + n * 1000, period + (n + 1) * 1000))
    // 30 ∓ 40/π a second, in the slow and the fast quarters.
    expect(quarters.map((count) => Math.abs(count - 17.3) < 1.5)).toEqual([
      true,
      false,
      false,
      true,
    ])
    expect(quarters.map((count) => Math.abs(count - 42.7) < 1.5)).toEqual([
      false,
      true,
      true,
      false,
    ])
  }
  expect(Math.abs(within(0, 8000) - 240)).toBeLessThanOrEqual(1)
})

it('closed loop: think times with the mean, or all the same', () => {
  const drawn = thinkTimes({ thinkMs: 500 }, 20_000)
  expect(Math.abs(mean(drawn) - 500)).toBeLessThan(14.2)
  expect(new Set(thinkTimes({ thinkMs: 500, thinking: 'constant' }, 10))).toEqual(new Set([500]))
})

it('replay: the times as written, in order, without what is no time', () => {
  const pattern = PATTERNS.replay
  if (pattern.kind !== 'list') throw new Error('It is no list.')
  const values = settled(TRAFFIC.settings, { arrivals: '0, 40 40;\n12.5 nothing -3' })
  expect(pattern.times(values)).toEqual([0, 12.5, 40, 40])
})
