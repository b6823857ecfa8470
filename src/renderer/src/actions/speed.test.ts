import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_PAST_SPEED, MAX_SPEED, MIN_SPEED } from '../../../shared/limits'
import { faster, SLIDER, sliderOf, slower, speedOf } from './speed'

const { min, max } = SLIDER

it('spans 0.1× to 10×', () => {
  expect(speedOf(min, true)).toBe(MIN_SPEED)
  expect(speedOf(max, true)).toBe(MAX_SPEED)
})

it('has 1× in the middle, of the lab and of the past', () => {
  for (const live of [true, false]) {
    expect(speedOf((min + max) / 2, live)).toBe(1)
    expect(sliderOf(1, live)).toBe((min + max) / 2)
  }
})

it('goes up to 100× in the past', () => {
  expect(speedOf(min, false)).toBe(MIN_SPEED)
  expect(speedOf(max, false)).toBe(MAX_PAST_SPEED)
  expect([faster(10, false), faster(20, false), faster(100, false)]).toEqual([20, 50, 100])
})

it('steps through readable speeds and stops at the ends', () => {
  expect([faster(1, true), faster(1.3, true), faster(10, true)]).toEqual([2, 2, 10])
  expect([slower(1), slower(0.7), slower(0.1)]).toEqual([0.5, 0.5, 0.1])
})

it('comes back to the same speed from the slider', () => {
  const position = fc.double({ min, max, noNaN: true })
  fc.assert(
    fc.property(position, fc.boolean(), (slider, live) => {
      const speed = speedOf(slider, live)
      expect(speedOf(sliderOf(speed, live), live)).toBeCloseTo(speed, 10)
      expect(speed).toBeGreaterThanOrEqual(MIN_SPEED)
      expect(speed).toBeLessThanOrEqual(live ? MAX_SPEED : MAX_PAST_SPEED)
    }),
    { seed: 7 },
  )
})
