import { expect, it } from 'vitest'
import { ReachedSpeed } from './reached-speed'

const running = { paused: false, speed: 10 }

/** Frames of a lab that reaches this speed, thirty a second, each late by up to 100 ms. Returns what the last one tells. */
function framesAt(speed: number, measured = new ReachedSpeed(), from = { sim: 0, real: 0 }) {
  let reached: number | undefined
  for (let frame = 0; frame <= 150; frame++) {
    const real = from.real + (frame * 1_000) / 30
    reached = measured.note(
      from.sim + (real - from.real) * speed,
      real + ((frame * 37) % 100),
      running,
    )
  }
  return reached
}

it('tells the speed of a lab that falls short of what was asked for', () => {
  expect(framesAt(6.4)).toBeCloseTo(6.4, 0)
})

it('tells nothing of a lab that keeps up, or catches up', () => {
  expect(framesAt(10)).toBeUndefined()
  expect(framesAt(12)).toBeUndefined()
})

it('stops to tell it when the lab keeps up again', () => {
  const measured = new ReachedSpeed()
  expect(framesAt(5, measured)).toBeDefined()
  expect(framesAt(10, measured, { sim: 25_000, real: 5_000 })).toBeUndefined()
})

it('begins anew with another speed, after a pause and in another session', () => {
  const measured = new ReachedSpeed()
  expect(framesAt(5, measured)).toBeDefined()
  expect(measured.note(25_100, 5_100, { paused: false, speed: 5 })).toBeUndefined()
  expect(measured.note(25_100, 60_000, { paused: true, speed: 5 })).toBeUndefined()
  expect(measured.note(25_100, 90_000, { paused: true, speed: 5 })).toBeUndefined()
  expect(measured.note(25_100, 120_000, { paused: false, speed: 5 })).toBeUndefined()
  expect(measured.note(10, 150_000, { paused: false, speed: 5 })).toBeUndefined()
})
