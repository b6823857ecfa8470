import { describe, expect, test } from 'vitest'
import type { Decision } from '../../../shared/state/state'
import { latestDecision, ReceiptShow, receiptParts } from './receipts'

function decision(over: Partial<Decision> = {}): Decision {
  return {
    at: 100,
    exchange: 1,
    policy: '111',
    server: '300',
    candidates: ['100', '300'],
    turn: 1,
    skipped: [],
    next: '100',
    ...over,
  }
}

function words(over: Partial<Decision>): string {
  return receiptParts(decision(over))
    .map((part) => ('id' in part ? part.id : part.words))
    .join('')
}

test('the latest decision is the latest in time, of those at one moment the later exchange’s', () => {
  const one = decision({ at: 5, exchange: 9 })
  const two = decision({ at: 7, exchange: 3, policy: '222' })
  const three = decision({ at: 7, exchange: 4, policy: '333' })
  const all = [one, two, three].map((each) => [each.policy, each] as const)
  expect(latestDecision(new Map(all))).toBe(three)
  expect(latestDecision(new Map(all.toReversed()))).toBe(three)
  expect(latestDecision(new Map())).toBeUndefined()
})

describe('a receipt in words', () => {
  test('says whose turn it was and who is next', () => {
    expect(words({})).toBe('turn of 300; next 100')
  })
  test('says who was passed over, and why, and who was picked instead', () => {
    expect(words({ turn: 0, skipped: [{ server: '100', reason: 'down' }] })).toBe(
      'turn of 100, down → 300; next 100',
    )
  })
  test('names two of those who were passed over after that one, and counts the rest', () => {
    const down = (server: string) => ({ server, reason: 'down' as const })
    const candidates = ['1', '2', '3', '4', '5', '300']
    const skipped = candidates.slice(0, 5).map(down)
    expect(words({ candidates, turn: 0, skipped, next: null })).toBe(
      'turn of 1, down, 2 down, 3 down and 2 more → 300',
    )
  })
  test('says where nobody could be picked', () => {
    expect(words({ server: null, candidates: [] })).toBe('nobody serves it')
    expect(words({ server: null })).toBe('nobody who serves it is there')
  })
  test('shortens long ids', () => {
    expect(words({ server: 'x'.repeat(64), candidates: ['x'.repeat(64)], turn: 0 })).toMatch(
      /^turn of x{11}…; next 100$/,
    )
  })
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
