import { describe, expect, it } from 'vitest'
import { WORK } from '../../../shared/settings/features/work'
import { createManualClock } from '../clock/manual-clock'
import { createRandom } from '../clock/random'
import { hashOf } from '../protocol/verdict'
import type { WorkedOn } from './job'
import { serviceMs, Work, type WorkValues } from './work'

type InUse = Exclude<WorkValues, 'off'>

const work = (values: Partial<InUse> = {}): InUse => ({
  ms: 40,
  distribution: 'constant',
  atOnce: 1,
  queue: 100,
  ...values,
})

function begun(values: WorkValues) {
  const clock = createManualClock()
  const counts: (readonly [number, number])[] = []
  const done: string[] = []
  const told: string[] = []
  const own = new Work({
    clock,
    values,
    changed: (working, waiting) => counts.push([working, waiting]),
    awaited: ({ exchange, payload }) => told.push(`${exchange} ${payload}?`),
    ended: (exchange, outcome) => told.push(`${exchange} ${outcome}`),
  })
  const messages = new Map<string, WorkedOn>()
  const begin = (name: string, exchange = messages.size + 1) => {
    const random = () => createRandom(1, name)
    const message = { exchange, client: '1', payload: name, random }
    messages.set(name, message)
    return own.begin(message, (typed) =>
      done.push(`${name} ${typed === undefined ? '' : `“${typed}” `}${clock.now()}`),
    )
  }
  const withdraw = (name: string) => {
    const message = messages.get(name)
    return message !== undefined && own.withdraw(message)
  }
  return { clock, own, begin, withdraw, done, counts, told }
}

describe('the times of many messages', () => {
  const MESSAGES = 100_000

  type Distribution = Parameters<typeof serviceMs>[1]

  function drawn(distribution: Distribution, ms = 40, payload = ''): number[] {
    const random = createRandom(3)
    const message = { payload, random: () => random }
    return Array.from({ length: MESSAGES }, () => serviceMs(ms, distribution, message))
  }
  const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length

  it('have the mean that the setting says, whatever the distribution', () => {
    for (const { value: distribution } of WORK.settings.distribution.options) {
      if (distribution === 'by-size' || distribution === 'by-hand') continue
      const ratio = mean(drawn(distribution)) / 40
      expect(Math.abs(ratio - 1), distribution).toBeLessThan(0.02)
    }
  })

  it('differ as the distribution says', () => {
    const spread = (times: number[]) => mean(times.map((time) => (time - 40) ** 2)) / 40 ** 2
    expect(spread(drawn('constant'))).toBe(0)
    expect(spread(drawn('uniform'))).toBeCloseTo(1 / 3, 2)
    expect(spread(drawn('exponential'))).toBeCloseTo(1, 1)
    expect(spread(drawn('log-normal')) / (Math.E - 1)).toBeCloseTo(1, 0)
  })

  it('grow with the payload if they go by size', () => {
    expect(new Set(drawn('by-size', 2, 'ä'.repeat(15)))).toEqual(new Set([60]))
  })
})

it('works on so many at once, and on the others in the order in which they came', () => {
  const { clock, begin, done, counts } = begun(work({ atOnce: 2 }))
  for (const name of ['a', 'b', 'c', 'd']) expect(begin(name)).toBe(true)
  clock.runUntilIdle()
  expect(done).toEqual(['a 40', 'b 40', 'c 80', 'd 80'])
  expect(counts[3]).toEqual([2, 2])
  expect(counts.at(-1)).toEqual([0, 0])
})

it('takes no message beyond the queue', () => {
  const { clock, begin, done } = begun(work({ queue: 1 }))
  expect(['a', 'b', 'c'].map((name) => begin(name))).toEqual([true, true, false])
  clock.advance(40)
  expect(begin('d')).toBe(true)
  clock.runUntilIdle()
  expect(done).toEqual(['a 40', 'b 80', 'd 120'])
})

it('does everything at once while it is off, and reports nothing', () => {
  const { begin, done, counts } = begun('off')
  begin('a')
  expect([done, counts]).toEqual([['a 0'], []])
})

it('keeps the time of what is under way when its settings change, and begins the rest anew', () => {
  const { clock, own, begin, done } = begun(work())
  for (const name of ['a', 'b', 'c', 'd']) begin(name)
  clock.advance(10)
  own.configure(work({ ms: 5, atOnce: 2 }))
  clock.advance(5)
  own.configure('off')
  expect(done).toEqual(['b 15', 'd 15'])
  clock.runUntilIdle()
  expect(done).toEqual(['b 15', 'd 15', 'c 20', 'a 40'])
})

it('does nothing any more once the server has stopped', () => {
  const { clock, own, begin, done } = begun(work())
  begin('a')
  begin('b')
  own.stop()
  expect([clock.pending, done]).toEqual([0, []])
})

describe('by hand', () => {
  const byHand = (values: Partial<InUse> = {}) =>
    begun(work({ distribution: 'by-hand', ...values }))

  it('nothing is done until a person answers, and the others wait meanwhile', () => {
    const { clock, own, begin, done, counts, told } = byHand()
    for (const name of ['a', 'b']) begin(name)
    clock.runUntilIdle()
    expect([clock.pending, done, counts.at(-1)]).toEqual([0, [], [1, 1]])
    clock.advance(7)
    expect(own.answer(1, hashOf('a'))).toBe(true)
    expect(own.answer(2, 'no idea')).toBe(true)
    expect(done).toEqual([`a “${hashOf('a')}” 7`, 'b “no idea” 7'])
    expect(told).toEqual(['1 a?', '1 correct', '2 b?', '2 wrong'])
    expect(counts.at(-1)).toEqual([0, 0])
  })

  it('a person answers in any order what the person has, and nothing else', () => {
    const { own, begin, done } = byHand({ atOnce: 2 })
    for (const name of ['a', 'b', 'c']) begin(name)
    expect([own.answer(3, ''), own.answer(2, ''), own.answer(2, ''), own.answer(3, '')]).toEqual([
      false,
      true,
      false,
      true,
    ])
    expect(done).toEqual(['b “” 0', 'c “” 0'])
  })

  it('a message that was sent twice is answered twice', () => {
    const { own, begin, done } = byHand({ atOnce: 2 })
    begin('a', 1)
    begin('its copy', 1)
    own.answer(1, 'x')
    own.answer(1, 'y')
    expect(done).toEqual(['a “x” 0', 'its copy “y” 0'])
  })

  it('a person does not see what belongs to no exchange, and is told when nobody waits any more', () => {
    const { begin, withdraw, done, told, counts } = byHand()
    begin('a health check', 0)
    for (const name of ['a', 'b', 'c']) begin(name)
    expect(done).toEqual(['a health check 0'])
    expect([withdraw('b'), withdraw('a'), withdraw('a')]).toEqual([true, true, false])
    expect(told).toEqual(['2 a?', '2 closed', '4 c?'])
    expect(counts.at(-1)).toEqual([1, 0])
    expect(done).toHaveLength(1)
  })

  it('a machine does not notice that nobody waits any more', () => {
    const { clock, begin, withdraw, done } = begun(work())
    for (const name of ['a', 'b']) begin(name)
    expect([withdraw('a'), withdraw('b')]).toEqual([false, false])
    clock.runUntilIdle()
    expect(done).toEqual(['a 40', 'b 80'])
  })

  it('what a person has is worked on like the rest once the server no longer answers by hand', () => {
    const { clock, own, begin, done, told } = byHand({ atOnce: 2 })
    for (const name of ['a', 'b', 'c']) begin(name)
    own.configure(work())
    clock.runUntilIdle()
    expect(done).toEqual(['a 40', 'b 80', 'c 120'])
    expect(told).toEqual(['1 a?', '2 b?', '1 released', '2 released'])
  })

  it('what is under way keeps its time, and the next one is a person’s', () => {
    const { clock, own, begin, done, told } = begun(work())
    for (const name of ['a', 'b']) begin(name)
    own.configure(work({ distribution: 'by-hand' }))
    clock.runUntilIdle()
    expect([done, told]).toEqual([['a 40'], ['2 b?']])
  })

  it('a person has nothing any more once the server has stopped', () => {
    const { own, begin, told, counts } = byHand()
    for (const name of ['a', 'b']) begin(name)
    own.stop()
    expect(told).toEqual(['1 a?', '1 stopped'])
    expect([own.answer(1, ''), counts.at(-1)]).toEqual([false, [0, 0]])
  })
})

describe('a queue of Poisson arrivals has the mean time that theory says', () => {
  const MESSAGES = 60_000

  /** The mean time in the server, in multiples of the mean work, at this utilisation. */
  function meanTime(utilisation: number, values: Partial<InUse>): number {
    const { atOnce, ms } = work(values)
    const { clock, own } = begun(work({ queue: 1_000_000, ...values }))
    const arrivals = createRandom(5, 'arrivals')
    let sum = 0
    for (let sent = 0; sent < MESSAGES; sent++) {
      clock.advance((-Math.log(1 - arrivals.next()) * ms) / (utilisation * atOnce))
      const at = clock.now()
      const random = () => createRandom(1, `work for client:1 ${sent}`)
      own.begin({ exchange: sent + 1, client: '1', payload: '', random }, () => {
        sum += clock.now() - at
      })
    }
    clock.runUntilIdle()
    return sum / MESSAGES / ms
  }

  it.each([
    ['M/M/1 at 50 %', 0.5, { distribution: 'exponential' }, 2],
    ['M/M/1 at 80 %', 0.8, { distribution: 'exponential' }, 5],
    ['M/D/1 at 50 %', 0.5, { distribution: 'constant' }, 1.5],
    ['M/D/1 at 80 %', 0.8, { distribution: 'constant' }, 3],
    // Erlang’s C for two: 1 / (1 − ρ²).
    ['M/M/2 at 50 %', 0.5, { distribution: 'exponential', atOnce: 2 }, 4 / 3],
  ] as const)('%s', (_name, utilisation, values, expected) => {
    expect(Math.abs(meanTime(utilisation, values) / expected - 1)).toBeLessThan(0.05)
  })
})
