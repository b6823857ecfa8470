// Every step of the slider has a rate of its own, and stands where that rate is.
import { expect, it } from 'vitest'
import { MAX_TRAFFIC_RATE } from '../../../shared/limits'
import { rateAt, rateWords, SLIDER_STEPS, sliderAt } from './rate-scale'

it('goes from the slowest to the fastest, and each step is a rate of its own', () => {
  const rates = Array.from({ length: SLIDER_STEPS + 1 }, (_, step) => rateAt(step))
  expect(rates[0]).toBe(0.1)
  expect(rates.at(-1)).toBe(MAX_TRAFFIC_RATE)
  expect(rates.every((rate, step) => step === 0 || rate > (rates[step - 1] ?? 0))).toBe(true)
  expect(rates.map(sliderAt)).toEqual(rates.map((_, step) => step))
})

it('stands at its end for a rate beyond it', () => {
  expect(sliderAt(0.01)).toBe(0)
  expect(sliderAt(1e9)).toBe(SLIDER_STEPS)
})

it('says a rate in words', () => {
  expect([0.1, 1, 8, 2000].map(rateWords)).toEqual([
    '0.1 messages per second',
    '1 message per second',
    '8 messages per second',
    '2,000 messages per second',
  ])
})
