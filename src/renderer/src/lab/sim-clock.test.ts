import { expect, it } from 'vitest'
import { SimClock } from './sim-clock'

const running = (speed: number) => ({ paused: false, speed })

it('runs on between frames at the clock’s speed', () => {
  const clock = new SimClock()
  clock.anchor(1000, 50, running(2))
  expect(clock.at(150)).toBe(1200)
})

it('stands still while paused, at exactly the moment that the frame told', () => {
  const clock = new SimClock()
  clock.anchor(1000, 0, running(1))
  clock.anchor(1090, 100, { paused: true, speed: 1 })
  expect(clock.at(5000)).toBe(1090)
})

it('does not turn back for a frame that came a little late, and follows one that came early', () => {
  const clock = new SimClock()
  clock.anchor(1000, 0, running(1))
  clock.anchor(1080, 100, running(1))
  expect(clock.at(100)).toBe(1100)
  clock.anchor(1120, 110, running(1))
  expect(clock.at(110)).toBe(1120)
})

it('takes over a clock that is far off, as after the machine slept', () => {
  const clock = new SimClock()
  clock.anchor(1000, 0, running(1))
  clock.anchor(1500, 60_000, running(1))
  expect(clock.at(60_000)).toBe(1500)
})

it('takes over at once when the speed changes', () => {
  const clock = new SimClock()
  clock.anchor(1000, 0, running(1))
  clock.anchor(1080, 100, running(5))
  expect(clock.at(110)).toBe(1130)
})
