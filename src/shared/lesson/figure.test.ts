import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LabEvent } from '../events'
import { Histogram, percentile } from '../metrics/histogram'
import type { GroupSecond } from '../metrics/second'
import { groupSecond } from '../metrics/testing'
import { INITIAL_STATE } from '../state/reduce'
import type { LabFigure } from './condition'
import { EventFacts } from './event-facts'
import { FigureWindow } from './figure'
import { watch } from './watch'

function secondOf(second: number, ...groups: GroupSecond[]): LabEvent {
  return { seq: second + 1, at: (second + 1) * 1000, type: 'metrics.second', second, groups }
}

function answered(times: readonly number[], more: Partial<GroupSecond> = {}): GroupSecond {
  const whole = new Histogram()
  for (const time of times) whole.add(time)
  const longest = times.length === 0 ? [] : [0, 0, 0, Math.max(...times)]
  const count = times.length
  return groupSecond({ begun: count, answered: count, whole: whole.sparse, longest, ...more })
}

function figureIn(figure: LabFigure, events: readonly LabEvent[], since = 0): number | undefined {
  const window = new FigureWindow(figure, since)
  for (const event of events) window.apply(event)
  return window.value(INITIAL_STATE)
}

it('a percentile of some seconds is that of all their messages, and no mean of percentiles', () => {
  const times = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 40 })
  fc.assert(
    fc.property(fc.array(times, { minLength: 1, maxLength: 5 }), (seconds) => {
      const all = new Histogram()
      for (const time of seconds.flat()) all.add(time)
      const events = seconds.map((some, second) => secondOf(second, answered(some)))
      const value = figureIn({ figure: 'p90', of: 'all', seconds: seconds.length }, events)
      const expected = Math.min(percentile(all.sparse, 0.9) ?? 0, Math.max(...seconds.flat()))
      expect(value).toBeCloseTo(expected)
    }),
  )
})

it('a percentile of few messages may be off by more than one of many', () => {
  const errorOf = (figure: 'p50' | 'p90' | 'rate', times: readonly number[]) => {
    const window = new FigureWindow({ figure, of: 'all' }, 0)
    window.apply(secondOf(0, answered(times)))
    return window.measured().samplingError
  }
  const evenly = (count: number) =>
    Array.from({ length: count }, (_, at) => (100 * (at + 1)) / count)
  // The ranks of 100 are off by 9.8 at most in 95 of 100 cases (1.96 standard deviations of 5), those of 10,000 by 98.
  expect(errorOf('p50', evenly(100))).toBeCloseTo(9.8, 0)
  expect(errorOf('p50', evenly(10_000))).toBeCloseTo(0.98, 0)
  expect(errorOf('p50', [180, 180, 180])).toBe(0)
  expect(errorOf('rate', evenly(100))).toBe(0)
})

it('only the last seconds count, and a second of which nothing is told was quiet', () => {
  const events = [
    secondOf(0, answered([1, 1, 1, 1])),
    secondOf(2, answered([1, 1])),
    secondOf(4, answered([1])),
  ]
  expect(figureIn({ figure: 'rate', of: 'all', seconds: 3 }, events)).toBe(1)
  expect(figureIn({ figure: 'rate', of: 'all' }, events)).toBe(1)
  expect(figureIn({ figure: 'max', of: 'all', seconds: 10 }, events)).toBe(1)
})

it('is of a policy, a server or a client, by its id', () => {
  const event = secondOf(
    0,
    groupSecond({ begun: 9 }),
    groupSecond({ of: 'server', id: '300', begun: 2, utilisation: 0.5 }),
    groupSecond({ of: 'client', id: 'client:4', begun: 3 }),
  )
  expect(figureIn({ figure: 'rate', of: 'server 300' }, [event])).toBe(2)
  expect(figureIn({ figure: 'rate', of: 'client 4' }, [event])).toBe(3)
  expect(figureIn({ figure: 'utilisation', of: 'server 300' }, [event])).toBe(50)
  expect(figureIn({ figure: 'utilisation', of: 'client 4' }, [event])).toBeUndefined()
  expect(figureIn({ figure: 'p50', of: 'policy 111' }, [event])).toBeUndefined()
})

it('a condition waits for whole seconds since it began, and for messages to measure', () => {
  const facts = new EventFacts(() => INITIAL_STATE)
  const wanted = watch({ figure: 'p99', of: 'all', below: 100, seconds: 2, messages: 4 }, 500)
  const tell = (event: LabEvent) => {
    wanted.apply(event, facts)
    return wanted.isTrue
  }
  expect(tell(secondOf(0, answered([1, 1, 1, 1])))).toBe(false)
  expect(tell(secondOf(1, answered([1, 1, 1, 1])))).toBe(false)
  expect(tell(secondOf(2, answered([1, 500])))).toBe(false)
  expect(tell(secondOf(3, answered([1])))).toBe(false)
  expect(tell(secondOf(4, answered([1, 1])))).toBe(false)
  expect(tell(secondOf(5, answered([1, 1])))).toBe(true)
})
