// The speed, as a slider and two keys set it.
import { MAX_PAST_SPEED, MAX_SPEED, MIN_SPEED } from '../../../shared/limits'

/** The speeds that the keys for slower and faster step through. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]

/** The slider's range: the logarithm to base 10 of the speed. */
export function sliderRange(live: boolean): { min: number; max: number; step: number } {
  return { min: Math.log10(MIN_SPEED), max: Math.log10(fastest(live)), step: 0.05 }
}

/** The highest speed, of the lab or of playing the past. */
function fastest(live: boolean): number {
  return live ? MAX_SPEED : MAX_PAST_SPEED
}

export function sliderOf(speed: number): number {
  return Math.log10(speed)
}

/** Rounded to two significant digits, within the limits, so that a screen reader can say the value. */
export function speedOf(slider: number, live: boolean): number {
  const speed = Number((10 ** slider).toPrecision(2))
  return Math.min(fastest(live), Math.max(MIN_SPEED, speed))
}

export function slower(speed: number): number {
  return STEPS.findLast((step) => step < speed - 1e-9) ?? MIN_SPEED
}

export function faster(speed: number, live: boolean): number {
  const next = STEPS.find((step) => step > speed + 1e-9) ?? fastest(live)
  return Math.min(next, fastest(live))
}
