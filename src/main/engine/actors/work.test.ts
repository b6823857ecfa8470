import { describe, expect, it } from 'vitest'
import { WORK } from '../../../shared/settings/features/work'
import { createManualClock } from '../clock/manual-clock'
import { createRandom } from '../clock/random'
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
  const own = new Work({
    clock,
    values,
    changed: (working, waiting) => counts.push([working, waiting]),
  })
  const begin = (name: string, bytes = 0) =>
    own.begin({ bytes, random: () => createRandom(1, name) }, () =>
      done.push(`${name} ${clock.now()}`),
    )
  return { clock, own, begin, done, counts }
}

describe('the times of many messages', () => {
  const MESSAGES = 100_000

  function drawn(values: Partial<InUse>, bytes = 0): number[] {
    const random = createRandom(3)
    const message = { bytes, random: () => random }
    return Array.from({ length: MESSAGES }, () => serviceMs(work(values), message))
  }
  const mean = (of: readonly number[]) => of.reduce((sum, one) => sum + one, 0) / of.length

  it('have the mean that the setting says, whatever the distribution', () => {
    for (const { value: distribution } of WORK.settings.distribution.options) {
      if (distribution === 'by-size') continue
      const ratio = mean(drawn({ distribution })) / 40
      expect(Math.abs(ratio - 1), distribution).toBeLessThan(0.02)
    }
  })

  it('differ as the distribution says', () => {
    const spread = (times: number[]) => mean(times.map((time) => (time - 40) ** 2)) / 40 ** 2
    expect(spread(drawn({ distribution: 'constant' }))).toBe(0)
    expect(spread(drawn({ distribution: 'uniform' }))).toBeCloseTo(1 / 3, 2)
    expect(spread(drawn({ distribution: 'exponential' }))).toBeCloseTo(1, 1)
    expect(spread(drawn({ distribution: 'log-normal' })) / (Math.E - 1)).toBeCloseTo(1, 0)
  })

  it('grow with the payload if they go by size', () => {
    expect(new Set(drawn({ distribution: 'by-size', ms: 2 }, 30))).toEqual(new Set([60]))
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
      own.begin({ bytes: 0, random }, () => {
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
