// The speed as a slider and two keys set it.
import { MAX_SPEED, MIN_SPEED } from '../../../shared/limits'

/** What the slower and faster keys step through. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10]

/** The slider's range: the logarithm to base 10 of the speed. */
export const SLIDER = { min: Math.log10(MIN_SPEED), max: Math.log10(MAX_SPEED), step: 0.05 }

export function sliderOf(speed: number): number {
  return Math.log10(speed)
}

/** Two significant digits, within the limits, so that the value can be read out. */
export function speedOf(slider: number): number {
  const speed = Number((10 ** slider).toPrecision(2))
  return Math.min(MAX_SPEED, Math.max(MIN_SPEED, speed))
}

export function slower(speed: number): number {
  return STEPS.findLast((step) => step < speed - 1e-9) ?? MIN_SPEED
}

export function faster(speed: number): number {
  return STEPS.find((step) => step > speed + 1e-9) ?? MAX_SPEED
}
