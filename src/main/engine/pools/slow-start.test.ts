import { describe, expect, it } from 'vitest'
import { envoyShare, limitNow, lookEveryMs, shareOf } from './slow-start'

const HAPROXY = { way: 'haproxy', windowMs: 10_000, aggression: 1, minPercent: 10 } as const
const ENVOY = { ...HAPROXY, way: 'envoy', windowMs: 60_000 } as const
const SECONDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

describe('HAProxy’s slow start', () => {
  it('shows the weights that were measured, of 100 in 10 seconds', () => {
    const shown = SECONDS.map((second) => Math.ceil(100 * shareOf(HAPROXY, 0, second * 1_000)))
    expect(shown).toEqual([7, 13, 25, 32, 44, 57, 63, 75, 82, 94, 100])
  })

  it('counts whole seconds of the clock, and looks each second, or 20 times in a long window', () => {
    expect(shareOf(HAPROXY, 900, 1_100)).toBe(2 / 16)
    expect([lookEveryMs(HAPROXY), lookEveryMs({ ...HAPROXY, windowMs: 60_000 })]).toEqual([
      1_000, 3_000,
    ])
  })

  it('lets the limit rise, too, from 1', () => {
    expect(SECONDS.map((second) => limitNow(HAPROXY, 5, 0, second * 1_000))).toEqual([
      1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5,
    ])
    expect(limitNow(HAPROXY, 0, 0, 1_000)).toBe(0)
  })
})

describe('Envoy’s slow start', () => {
  it('is a line from the least weight on, or a curve', () => {
    const shares = (aggression: number) =>
      [6, 15, 30, 45].map((second) => envoyShare({ ...ENVOY, aggression }, second * 1_000))
    expect(shares(1)).toEqual([0.1, 0.25, 0.5, 0.75])
    expect(shares(2).map((share) => Math.round(share * 1_000))).toEqual([316, 500, 707, 866])
    expect(envoyShare(ENVOY, 0)).toBe(0.1)
    expect([shareOf(ENVOY, 0, 30_000), shareOf(ENVOY, 0, 60_000)]).toEqual([0.5, 1])
  })

  it('leaves the limit as it is', () => {
    expect(limitNow(ENVOY, 5, 0, 1_000)).toBe(5)
  })
})
