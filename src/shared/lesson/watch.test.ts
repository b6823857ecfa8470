import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EventBody, LabEvent } from '../events'
import { INITIAL_STATE } from '../state/reduce'
import type { Condition } from './condition'
import { EventFacts } from './event-facts'
import { Tally, type Watch, watch } from './watch'

const facts = new EventFacts(() => INITIAL_STATE)

function eventAt(at: number, body: EventBody): LabEvent {
  return { seq: 1, at, ...body }
}

const removed = (breakpoint: number): EventBody => ({ type: 'breakpoint.removed', breakpoint })

const of = (breakpoint: number): Condition => ({
  event: 'breakpoint.removed',
  with: { breakpoint },
})

/** Tells it the events, and the time when nothing else happens; returns when it came true. */
function cameTrue(watched: Watch, events: readonly LabEvent[], end: number): number | undefined {
  const passTo = (at: number): number | undefined => {
    for (let due = watched.dueAt; due !== undefined && due <= at; due = watched.dueAt) {
      watched.pass(due)
      if (watched.isTrue) return due
    }
    return undefined
  }
  for (const event of events) {
    const passed = passTo(event.at)
    if (passed !== undefined) return passed
    watched.apply(event, facts)
    if (watched.isTrue) return event.at
  }
  return passTo(end)
}

it('an event counts if its fields are so; numbers and texts are the same', () => {
  const at = (wanted: number | string) =>
    cameTrue(
      watch({ event: 'breakpoint.removed', with: { breakpoint: wanted } }, 0),
      [eventAt(1, removed(1)), eventAt(2, removed(2))],
      9,
    )
  expect(at(2)).toBe(2)
  expect(at('2')).toBe(2)
  expect(at(3)).toBeUndefined()
})

it('a field within another is named by a path, and one that is missing is null', () => {
  const breakpoint = { id: 7, filter: 'type:0', once: true, enabled: true }
  const event = eventAt(1, { type: 'breakpoint.set', breakpoint })
  const isTrue = (values: Record<string, string | number | boolean | null>) =>
    cameTrue(watch({ event: 'breakpoint.set', with: values }, 0), [event], 2) !== undefined
  expect(isTrue({ 'breakpoint.filter': 'type:0', 'breakpoint.once': true })).toBe(true)
  expect(isTrue({ 'breakpoint.filter': 'type:1' })).toBe(false)
  expect(isTrue({ 'breakpoint.nothing.at.all': null })).toBe(true)
  expect(isTrue({ 'breakpoint.constructor': null })).toBe(true)
})

it('so many within a time: those that are too old do not count', () => {
  const condition: Condition = { event: 'breakpoint.removed', count: 3, withinMs: 10 }
  const times = [0, 8, 20, 24, 30]
  const events = times.map((at) => eventAt(at, removed(1)))
  expect(cameTrue(watch(condition, 0), events, 99)).toBe(30)
})

it('what a filter is about must be known: an event about nothing matches none', () => {
  const condition: Condition = { event: 'breakpoint.removed', where: 'type:0' }
  expect(cameTrue(watch(condition, 0), [eventAt(1, removed(1))], 9)).toBeUndefined()
})

it('an event counts for one part of an order only', () => {
  const twice: Condition = { inOrder: [of(1), of(1)] }
  expect(cameTrue(watch(twice, 0), [eventAt(1, removed(1))], 9)).toBeUndefined()
  expect(
    cameTrue(
      watch(twice, 0),
      [1, 2].map((at) => eventAt(at, removed(1))),
      9,
    ),
  ).toBe(2)
})

it('a time within an order begins when it is its turn', () => {
  const condition: Condition = { inOrder: [of(1), { afterMs: 10 }, of(2)] }
  const events = [eventAt(3, removed(1)), eventAt(5, removed(2)), eventAt(13, removed(2))]
  expect(cameTrue(watch(condition, 0), events, 99)).toBe(13)
})

it('a tally counts how often, each time anew', () => {
  const tally = new Tally({ event: 'breakpoint.removed', count: 2 }, 0)
  for (const at of [1, 2, 3, 4, 5]) tally.apply(eventAt(at, removed(1)), facts)
  expect(tally.count).toBe(2)
  const seconds = new Tally({ afterMs: 10 }, 5)
  seconds.pass(36)
  expect(seconds.count).toBe(3)
})

/** When it comes true, and how many events were used by then; by looking at all of them at once. */
interface Found {
  readonly at: number
  readonly used: number
}

function found(
  condition: Condition,
  events: readonly LabEvent[],
  since: number,
  from: number,
): Found | undefined {
  if ('event' in condition) {
    const { count = 1, withinMs = Number.POSITIVE_INFINITY } = condition
    const matching = events.flatMap((event, index) =>
      index >= from &&
      event.type === 'breakpoint.removed' &&
      event.breakpoint === condition.with?.breakpoint
        ? [{ at: event.at, used: index + 1 }]
        : [],
    )
    return matching.find((last, place) => {
      const first = matching[place - count + 1]
      return first !== undefined && last.at - first.at <= withinMs
    })
  }
  if ('afterMs' in condition) {
    const at = since + condition.afterMs
    const next = events.findIndex((event, index) => index >= from && event.at >= at)
    return { at, used: next === -1 ? events.length : next }
  }
  if ('inOrder' in condition) {
    return condition.inOrder.reduce<Found | undefined>(
      (before, part) => before && found(part, events, before.at, before.used),
      { at: since, used: from },
    )
  }
  if ('figure' in condition) return undefined
  const parts = ('all' in condition ? condition.all : condition.any).map((part) =>
    found(part, events, since, from),
  )
  const known = parts.flatMap((part) => part ?? []).sort((a, b) => a.at - b.at || a.used - b.used)
  if ('any' in condition) return known[0]
  return known.length === parts.length ? known.at(-1) : undefined
}

const simple: fc.Arbitrary<Condition> = fc.oneof(
  fc.record(
    {
      event: fc.constant('breakpoint.removed' as const),
      with: fc.record({ breakpoint: fc.integer({ min: 1, max: 3 }) }),
      count: fc.integer({ min: 1, max: 3 }),
      withinMs: fc.integer({ min: 1, max: 40 }),
    },
    { requiredKeys: ['event', 'with'] },
  ) as fc.Arbitrary<Condition>,
  fc.record({ afterMs: fc.integer({ min: 1, max: 60 }) }),
)
const { any: condition } = fc.letrec<{ any: Condition }>((tie) => {
  const list = fc.array(tie('any'), { minLength: 1, maxLength: 3 })
  return {
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      simple,
      fc.record({ all: list }),
      fc.record({ any: list }),
      fc.record({ inOrder: list }),
    ),
  }
})
const story = fc
  .array(
    fc.record({ gap: fc.integer({ min: 0, max: 30 }), breakpoint: fc.integer({ min: 1, max: 3 }) }),
  )
  .map((parts) => {
    let at = 0
    return parts.map(({ gap, breakpoint }) => {
      at += gap
      return eventAt(at, removed(breakpoint))
    })
  })

it('event by event, it comes true when it does in the whole story', () => {
  fc.assert(
    fc.property(condition, story, (watched, events) => {
      const end = 10_000
      expect(cameTrue(watch(watched, 0), events, end)).toBe(found(watched, events, 0, 0)?.at)
    }),
    { numRuns: 500 },
  )
})

it('without an event or time, nothing comes true', () => {
  fc.assert(fc.property(condition, (watched) => !watch(watched, 0).isTrue))
})
