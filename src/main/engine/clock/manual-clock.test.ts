import { expect, it } from 'vitest'
import { createManualClock } from './manual-clock'

it('runs until nothing is left, or says that there is no end', () => {
  const clock = createManualClock()
  const fired: number[] = []
  clock.schedule(600, () => clock.schedule(900, () => fired.push(clock.now())))
  clock.runUntilIdle()
  expect([fired, clock.now(), clock.pending]).toEqual([[1500], 1500, 0])

  const again = () => clock.schedule(1, again)
  again()
  expect(() => clock.runUntilIdle(50)).toThrow('Still not idle after 50 timers.')
})

it('throws what a callback throws and keeps the other timers', () => {
  const clock = createManualClock()
  let fired = 0
  clock.schedule(1, () => {
    throw new Error('on purpose')
  })
  clock.schedule(2, () => fired++)
  expect(() => clock.advance(5)).toThrow('on purpose')
  clock.advance(5)
  expect(fired).toBe(1)
})
