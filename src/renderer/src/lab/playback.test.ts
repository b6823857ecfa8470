import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LabEvent } from '../../../shared/events'
import { INITIAL_STATE, reduce } from '../../../shared/state/reduce'
import { Playback } from './playback'

/** Events with these gaps of time between them. */
function eventsAt(gaps: readonly number[]): LabEvent[] {
  let at = 0
  return gaps.map((gap, index) => {
    at += gap
    return { seq: index + 1, at, type: 'links.changed', latencyMs: index }
  })
}

it('applies each event once, in order and not before its time, however time passes', () => {
  const gaps = fc.array(fc.nat(5), { maxLength: 30 })
  const steps = fc.array(fc.nat(9), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(gaps, steps, fc.nat(30), (eventGaps, timeSteps, split) => {
      const events = eventsAt(eventGaps)
      const playback = new Playback(INITIAL_STATE)
      playback.add(events.slice(0, split))
      playback.add(events.slice(split))
      const applied: LabEvent[] = []
      let now = 0
      for (const step of timeSteps) {
        now += step
        applied.push(...playback.advance(now))
        expect(applied).toEqual(events.filter(({ at }) => at <= now))
        expect(playback.waiting).toBe(events.length - applied.length)
        expect(playback.state).toEqual(reduce(INITIAL_STATE, applied))
      }
    }),
  )
})

it('counts the moments that are to come', () => {
  const playback = new Playback(INITIAL_STATE)
  playback.add(eventsAt([0, 1, 0, 0, 2]))
  expect(playback.moments).toBe(3)
  playback.advance(1)
  expect(playback.moments).toBe(1)
  expect(playback.known).toMatchObject({ seq: 5, at: 3 })
})
