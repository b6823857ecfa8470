import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MAX_SPEED, MIN_SPEED } from '../../../shared/limits'
import { faster, SLIDER, sliderOf, slower, speedOf } from './speed'

it('spans 0.1× to 10× with 1× in the middle', () => {
  expect(speedOf(SLIDER.min)).toBe(MIN_SPEED)
  expect(speedOf(SLIDER.max)).toBe(MAX_SPEED)
  expect(speedOf((SLIDER.min + SLIDER.max) / 2)).toBe(1)
})

it('steps through readable speeds and stops at the ends', () => {
  expect([faster(1), faster(1.3), faster(10)]).toEqual([2, 2, 10])
  expect([slower(1), slower(0.7), slower(0.1)]).toEqual([0.5, 0.5, 0.1])
})

it('comes back to the same speed from the slider', () => {
  const position = fc.double({ min: SLIDER.min, max: SLIDER.max, noNaN: true })
  fc.assert(
    fc.property(position, (slider) => {
      const speed = speedOf(slider)
      expect(speedOf(sliderOf(speed))).toBeCloseTo(speed, 10)
      expect(speed).toBeGreaterThanOrEqual(MIN_SPEED)
      expect(speed).toBeLessThanOrEqual(MAX_SPEED)
    }),
    { seed: 7 },
  )
})
