import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ended, NO_OUTLIER, needsSweep, type Outlier, sweepAt, swept } from './outliers'
import { ENVOY_OUTLIERS } from './testing'

const OF_TEN = { ejected: 0, servers: 10 }

function errors(count: number, state: Outlier, now = 0, pool = OF_TEN, settings = ENVOY_OUTLIERS) {
  let after = state
  for (let error = 0; error < count; error++) after = ended(after, settings, true, { ...pool, now })
  return after
}

describe('Envoy’s outlier detection', () => {
  it('ejects after errors in a row; a good answer begins the count again', () => {
    const four = errors(4, NO_OUTLIER)
    expect(four).toEqual({ ...NO_OUTLIER, errors: 4 })
    expect(ended(four, ENVOY_OUTLIERS, false, { ...OF_TEN, now: 0 })).toEqual(NO_OUTLIER)
    expect(errors(1, four, 2_000)).toEqual({ errors: 0, times: 1, ejectedUntil: 32_000 })
  })

  it('lets the server back at the first sweep after its time, without any proof', () => {
    const ejected = errors(5, NO_OUTLIER, 2_000)
    expect(swept(ejected, 30_000)).toBe(ejected)
    expect(sweepAt(0, ENVOY_OUTLIERS, 32_000)).toBe(40_000)
    expect(swept(ejected, 40_000)).toEqual({ errors: 0, times: 1, ejectedUntil: undefined })
  })

  it('ejects for longer each time, and forgives one with each sweep in between', () => {
    let state = NO_OUTLIER
    const lengths: (number | undefined)[] = []
    for (let time = 0; time < 13; time++) {
      state = errors(5, state, 0)
      lengths.push(state.ejectedUntil)
      state = swept(state, 1_000_000)
    }
    expect(lengths.map((length) => (length ?? 0) / 30_000)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10, 10,
    ])
    const forgiven = swept(swept(state, 0), 0)
    expect(errors(5, forgiven, 0).times).toBe(state.times - 1)
    expect(needsSweep(NO_OUTLIER)).toBe(false)
    expect(needsSweep(forgiven)).toBe(true)
  })

  it('ejects nobody of four with 10 per cent, or one where it always may', () => {
    const pool = { ejected: 0, servers: 4 }
    expect(errors(50, NO_OUTLIER, 0, pool)).toEqual(NO_OUTLIER)
    const always = { ...ENVOY_OUTLIERS, alwaysOne: true }
    expect(errors(5, NO_OUTLIER, 0, pool, always).ejectedUntil).toBe(30_000)
    expect(errors(5, NO_OUTLIER, 0, { ...pool, ejected: 1 }, always).ejectedUntil).toBeUndefined()
  })

  it('never ejects more than the share, whatever fails', () => {
    const histories = fc.array(fc.record({ server: fc.nat(11), sweep: fc.boolean() }), {
      maxLength: 300,
    })
    fc.assert(
      fc.property(
        histories,
        fc.nat(100),
        fc.integer({ min: 1, max: 12 }),
        (story, maxPercent, servers) => {
          const settings = { ...ENVOY_OUTLIERS, consecutiveErrors: 2, maxPercent }
          const states = Array.from({ length: servers }, () => NO_OUTLIER)
          const ejected = () =>
            states.filter(({ ejectedUntil }) => ejectedUntil !== undefined).length
          for (const [step, { server, sweep }] of story.entries()) {
            const now = step * 4_000
            const at = server % servers
            const pool = { ejected: ejected(), servers }
            if (sweep)
              for (const [index, state] of states.entries()) states[index] = swept(state, now)
            else states[at] = ended(states[at] ?? NO_OUTLIER, settings, true, { ...pool, now })
            expect((100 * ejected()) / servers).toBeLessThanOrEqual(maxPercent)
          }
        },
      ),
    )
  })
})
