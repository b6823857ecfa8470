import { describe, expect, test } from 'vitest'
import { decisionOf } from '../../../shared/decision/testing'
import type { Decision } from '../../../shared/state/state'
import { latestDecision, ReceiptShow } from './receipts'

const decision = decisionOf

test('the latest decision is the latest in time, of those at one moment the later exchange’s', () => {
  const one = decision({ at: 5, exchange: 9 })
  const two = decision({ at: 7, exchange: 3, policy: '222' })
  const three = decision({ at: 7, exchange: 4, policy: '333' })
  const all = [one, two, three].map((each) => [each.policy, each] as const)
  expect(latestDecision(new Map(all))).toBe(three)
  expect(latestDecision(new Map(all.toReversed()))).toBe(three)
  expect(latestDecision(new Map())).toBeUndefined()
})

/** Time that passes when the test says so. */
function handClock() {
  let now = 0
  let tasks: { at: number; task: () => void }[] = []
  return {
    timing: {
      now: () => now,
      after: (ms: number, task: () => void) => {
        const entry = { at: now + ms, task }
        tasks.push(entry)
        return () => {
          tasks = tasks.filter((other) => other !== entry)
        }
      },
    },
    pass(ms: number) {
      const end = now + ms
      for (;;) {
        const [next] = tasks.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        tasks = tasks.filter((other) => other !== next)
        now = next.at
        next.task()
      }
      now = end
    },
    waiting: () => tasks.length,
  }
}

describe('which receipt is shown', () => {
  const first = decision({ exchange: 1 })
  const second = decision({ exchange: 2 })
  const third = decision({ exchange: 3 })

  function start(before?: Decision, stands = false) {
    const clock = handClock()
    const seen: (number | undefined)[] = []
    const show: ReceiptShow = new ReceiptShow(clock.timing, () => seen.push(show.shown?.exchange))
    show.begin(before, stands)
    return { clock, seen, show }
  }

  test('a decision is shown for a moment', () => {
    const { clock, seen, show } = start()
    show.tell(first, false)
    clock.pass(1_199)
    expect(show.shown).toBe(first)
    clock.pass(1)
    expect(seen).toEqual([1, undefined])
    show.tell(first, false)
    clock.pass(5_000)
    expect(seen).toEqual([1, undefined])
  })

  test('what was decided before anybody looked is not shown, unless time stands', () => {
    expect(start(first).seen).toEqual([])
    expect(start(first, true).seen).toEqual([1])
  })

  test('at high rates it is the latest, a few times a second, and nothing waits', () => {
    const { clock, seen, show } = start()
    for (let exchange = 1; exchange <= 1000; exchange++) {
      show.tell(decision({ exchange }), false)
      clock.pass(1)
      expect(clock.waiting()).toBeLessThanOrEqual(1)
    }
    expect(seen).toEqual([1, 300, 600, 900])
    clock.pass(300)
    expect(show.shown?.exchange).toBe(1000)
  })

  test('while time stands the latest stays, and each step shows its own at once', () => {
    const { clock, seen, show } = start()
    show.tell(first, true)
    clock.pass(60_000)
    show.tell(second, true)
    show.tell(third, true)
    expect(seen).toEqual([1, 2, 3])
    show.tell(third, false)
    clock.pass(1_200)
    expect(show.shown).toBeUndefined()
  })

  test('where it had gone already, the latest comes back as time is stopped', () => {
    const { clock, show } = start()
    show.tell(first, false)
    clock.pass(9_000)
    expect(show.shown).toBeUndefined()
    show.tell(first, true)
    expect(show.shown).toBe(first)
  })

  test('a reset takes it away', () => {
    const { show } = start(first, true)
    show.tell(undefined, true)
    expect(show.shown).toBeUndefined()
  })
})
