import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chosen,
  failed,
  isOnTrial,
  isPassedOver,
  NO_FAILS,
  passed,
  passedOverUntil,
} from './passive'

const NGINX = { maxFails: 1, failTimeoutMs: 10_000, answers: false }
const THREE = { ...NGINX, maxFails: 3 }

/** `F` and `S`, each at its second: the server is chosen, and the message fails or not. */
function after(story: string, settings: typeof NGINX) {
  let state = NO_FAILS
  for (const [, word = '', second = '0'] of story.matchAll(/([FS])(\d+)/g)) {
    const now = Number(second) * 1_000
    state = chosen(state, settings, now)
    state = word === 'F' ? failed(state, now) : passed(state)
  }
  return state
}

describe('nginx’s max_fails and fail_timeout', () => {
  it('pass a server over for the time, in whole seconds: up to one more', () => {
    const state = after('F5', NGINX)
    expect(isPassedOver(state, NGINX, 15_999)).toBe(true)
    expect(isPassedOver(state, NGINX, 16_000)).toBe(false)
    expect(passedOverUntil(state, NGINX)).toBe(16_000)
    expect(passedOverUntil(NO_FAILS, NGINX)).toBeUndefined()
  })

  it('count failures in the time, in a row or not: F S F S F is too much for 3', () => {
    expect(isPassedOver(after('F1 S2 F3 S4', THREE), THREE, 4_000)).toBe(false)
    expect(isPassedOver(after('F1 S2 F3 S4 F5', THREE), THREE, 5_000)).toBe(true)
  })

  it('forgive with the first success that is chosen after the time', () => {
    expect(after('F1 F2 S11', THREE).fails).toBe(2)
    expect(after('F1 F2 S13', THREE).fails).toBe(0)
    expect(isPassedOver(after('F1 F2 S13 F14 F15', THREE), THREE, 15_000)).toBe(false)
  })

  it('try the server with one message: its failure renews the time, its success ends it', () => {
    const over = after('F1', NGINX)
    expect(isOnTrial(over, NGINX)).toBe(false)
    const trial = chosen(over, NGINX, 12_000)
    expect([isOnTrial(trial, NGINX), isPassedOver(trial, NGINX, 12_001)]).toEqual([true, true])
    expect(passed(trial).fails).toBe(0)
    expect(isPassedOver(failed(trial, 13_000), NGINX, 23_999)).toBe(true)
    expect(isPassedOver(failed(trial, 13_000), NGINX, 24_000)).toBe(false)
  })

  it('never let more than one message through in the time, however often the server fails', () => {
    const waits = fc.array(fc.nat(30_000), { maxLength: 60 })
    fc.assert(
      fc.property(waits, fc.integer({ min: 1, max: 20_000 }), (waits, failTimeoutMs) => {
        const settings = { ...NGINX, failTimeoutMs }
        let state = NO_FAILS
        let now = 0
        let last = Number.NEGATIVE_INFINITY
        for (const wait of waits) {
          now += wait
          if (isPassedOver(state, settings, now)) continue
          if (state.fails > 0) expect(now - last).toBeGreaterThan(failTimeoutMs - 1_000)
          state = failed(chosen(state, settings, now), now)
          last = now
        }
      }),
    )
  })
})
