import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Breaker } from './breaker'

const SETTINGS = { messages: 4, failurePercent: 50, openMs: 1_000, trials: 2 }

/** A letter for each message: given and ended at this time. P: passed, F: failed, n: nobody waited. */
function plays(breaker: Breaker, outcomes: string, now: number): void {
  for (const letter of outcomes) {
    breaker.given(now)
    breaker.ended(now, letter === 'P' ? 'passed' : letter === 'F' ? 'failed' : 'none', now)
  }
}

function opened(settings = SETTINGS): Breaker {
  const breaker = new Breaker(settings)
  plays(breaker, 'FFFF', 0)
  expect(breaker.is).toBe('open')
  return breaker
}

describe('a breaker', () => {
  it.each([
    ['FFF', 'closed'],
    ['PPFF', 'open'],
    ['PPPF', 'closed'],
    ['FPPPF', 'closed'],
    ['FPPPFF', 'open'],
    ['nnnnnnFFF', 'closed'],
  ])('judges the latest four once there are four: after %s it is %s', (outcomes, is) => {
    const breaker = new Breaker(SETTINGS)
    plays(breaker, outcomes, 0)
    expect(breaker.is).toBe(is)
  })

  it('admits nothing while it is open, then the first message makes it half open', () => {
    const breaker = opened()
    expect([breaker.admits(0), breaker.admits(999), breaker.admits(1_000)]).toEqual([
      false,
      false,
      true,
    ])
    expect(breaker.openUntil).toBe(1_000)
    breaker.given(1_000)
    expect([breaker.is, breaker.openUntil, breaker.admits(1_000)]).toEqual([
      'halfOpen',
      undefined,
      true,
    ])
    breaker.given(1_000)
    expect(breaker.admits(1_000)).toBe(false)
    expect(breaker.admits(999_999)).toBe(false)
  })

  it.each([
    ['PP', 'closed'],
    ['FP', 'open'],
    ['PF', 'open'],
    ['F', 'halfOpen'],
    ['nPnP', 'closed'],
  ])('has its trials decide: after %s it is %s', (outcomes, is) => {
    const breaker = opened()
    plays(breaker, outcomes, 1_500)
    expect(breaker.is).toBe(is)
    if (is === 'open') expect(breaker.openUntil).toBe(2_500)
  })

  it('decides with fewer trials where fewer messages are judged', () => {
    const breaker = opened({ ...SETTINGS, trials: 10 })
    plays(breaker, 'PPPP', 1_000)
    expect(breaker.is).toBe('closed')
  })

  it('forgets what was before when it closes', () => {
    const breaker = opened()
    plays(breaker, 'PP', 1_000)
    plays(breaker, 'FFF', 1_001)
    expect(breaker.is).toBe('closed')
    plays(breaker, 'F', 1_002)
    expect(breaker.is).toBe('open')
  })

  it('does not count the end of a message from before it opened as a trial', () => {
    const breaker = opened()
    breaker.given(1_000)
    breaker.ended(0, 'failed', 1_001)
    breaker.ended(0, 'passed', 1_001)
    breaker.ended(0, 'none', 1_001)
    plays(breaker, 'P', 1_002)
    expect([breaker.is, breaker.admits(1_002)]).toEqual(['halfOpen', false])
    breaker.ended(1_000, 'passed', 1_003)
    expect(breaker.is).toBe('closed')
  })

  it('never has more trials at once than it may, and always comes to a decision', () => {
    const settings = fc.record({
      messages: fc.integer({ min: 1, max: 6 }),
      failurePercent: fc.integer({ min: 1, max: 100 }),
      openMs: fc.constant(10),
      trials: fc.integer({ min: 1, max: 4 }),
    })
    const steps = fc.array(
      fc.record({
        waitMs: fc.integer({ min: 0, max: 12 }),
        ends: fc.nat(),
        outcome: fc.constantFrom('passed' as const, 'failed' as const, 'none' as const),
      }),
      { maxLength: 100 },
    )
    fc.assert(
      fc.property(settings, steps, (settings, steps) => {
        const breaker = new Breaker(settings)
        let now = 0
        let underWay: number[] = []
        let halfOpenSince = 0
        for (const { waitMs, ends, outcome } of steps) {
          now += waitMs
          if (breaker.admits(now)) {
            const wasOpen = breaker.is === 'open'
            breaker.given(now)
            if (wasOpen) halfOpenSince = now
            underWay.push(now)
          }
          if (breaker.is === 'halfOpen') {
            const trials = underWay.filter((givenAt) => givenAt >= halfOpenSince)
            expect(trials.length).toBeLessThanOrEqual(settings.trials)
          }
          const [ended] = underWay.splice(ends % Math.max(1, underWay.length), 1)
          if (ended !== undefined) breaker.ended(ended, outcome, now)
        }
        for (const givenAt of underWay) breaker.ended(givenAt, 'none', now)
        underWay = []
        expect(breaker.admits(now + settings.openMs)).toBe(true)
      }),
    )
  })
})
