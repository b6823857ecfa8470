import { describe, expect, it } from 'vitest'
import { checked, firstCheckMs, observed, UNCHECKED } from './active'
import { HAPROXY_CHECKS } from './testing'

/** After a first check that passed, `-` is a failed one, `+` a passed one; after each, HAProxy's words. */
function words(checks: string) {
  let state = checked(UNCHECKED, HAPROXY_CHECKS, true)
  return [...checks].map((check) => {
    state = checked(state, HAPROXY_CHECKS, check === '+')
    const of = state.isUp ? HAPROXY_CHECKS.fall : HAPROXY_CHECKS.rise
    return `${state.isUp ? 'UP' : 'DOWN'} ${state.isUp ? of - state.streak : state.streak}/${of}`
  })
}

describe('HAProxy’s checks', () => {
  it('as measured: up, down after fall failed ones in a row', () => {
    expect(words('---')).toEqual(['UP 2/3', 'UP 1/3', 'DOWN 0/2'])
  })

  it('take a server down that fails the first one of all', () => {
    const down = checked(UNCHECKED, HAPROXY_CHECKS, false)
    expect(down).toMatchObject({ isUp: false, streak: 0, byErrors: false })
    expect(checked(down, HAPROXY_CHECKS, true)).toMatchObject({ isUp: false, streak: 1 })
  })

  it('begin the count again with one that agrees with the state', () => {
    expect(words('--+--+')).toEqual(['UP 2/3', 'UP 1/3', 'UP 3/3', 'UP 2/3', 'UP 1/3', 'UP 3/3'])
    expect(words('---+-++').slice(3)).toEqual(['DOWN 1/2', 'DOWN 0/2', 'DOWN 1/2', 'UP 3/3'])
  })

  it('are spread over an interval at the beginning', () => {
    expect([0, 1, 2, 3].map((place) => firstCheckMs(HAPROXY_CHECKS, place, 4))).toEqual([
      0, 500, 1_000, 1_500,
    ])
  })
})

describe('HAProxy’s observe layer4 with mark-down', () => {
  const OBSERVING = { ...HAPROXY_CHECKS, errorLimit: 3 }
  const after = (words: string) =>
    [...words].reduce((state, word) => observed(state, OBSERVING, word === '+'), UNCHECKED)

  it('takes a server down at its limit of errors in a row, and lets it back by checks alone', () => {
    expect(after('--')).toMatchObject({ isUp: true, errors: 2 })
    expect(after('--+--')).toMatchObject({ isUp: true, errors: 2 })
    const down = after('---')
    expect(down).toMatchObject({ isUp: false, streak: 0, errors: 0, byErrors: true })
    expect(observed(down, OBSERVING, true).isUp).toBe(false)
    const once = checked(down, OBSERVING, true)
    expect(once).toMatchObject({ isUp: false, streak: 1, byErrors: true })
    expect(checked(once, OBSERVING, true)).toEqual({ ...UNCHECKED, isUnchecked: false })
  })

  it('observes a server that is down, too: at the limit its passed checks begin again', () => {
    const byChecks = { ...UNCHECKED, isUnchecked: false, isUp: false, streak: 1, errors: 2 }
    const once = observed({ ...byChecks, errors: 1 }, OBSERVING, false)
    expect(once).toEqual(byChecks)
    const down = { ...byChecks, streak: 0, errors: 0, byErrors: true }
    expect(observed(once, OBSERVING, false)).toEqual(down)
  })

  it('is off without a limit', () => {
    expect(observed(UNCHECKED, HAPROXY_CHECKS, false)).toBe(UNCHECKED)
  })
})
