// The scale of a rate's slider: from one message in ten seconds to the highest rate, each step the same ratio.
import { MAX_TRAFFIC_RATE } from '../../../shared/limits'

export const SLIDER_STEPS = 86
const SLOWEST = 0.1

/** The rate at a step, in two digits that a person would choose. */
export function rateAt(step: number): number {
  const rate = SLOWEST * (MAX_TRAFFIC_RATE / SLOWEST) ** (step / SLIDER_STEPS)
  return Number(rate.toPrecision(2))
}

/** The step nearest to a rate. */
export function sliderAt(rate: number): number {
  const share = Math.log(rate / SLOWEST) / Math.log(MAX_TRAFFIC_RATE / SLOWEST)
  return Math.min(SLIDER_STEPS, Math.max(0, Math.round(share * SLIDER_STEPS)))
}

/** `1 message per second`, `0.5 messages per second`. */
export function rateWords(perSecond: number): string {
  const words = perSecond === 1 ? 'message' : 'messages'
  return `${perSecond.toLocaleString('en-US')} ${words} per second`
}
