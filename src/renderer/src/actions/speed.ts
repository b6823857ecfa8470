// The speed, as a slider and two keys set it.
import { MAX_PAST_SPEED, MAX_SPEED, MIN_SPEED } from '../../../shared/limits'

/** The speeds that the keys for slower and faster step through. */
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]

/**
 * The slider's range: left of 0, which is 1×, to the slowest speed, and right of it to the fastest, each half on a
 * logarithmic scale. 1× is in the middle although the past can be played faster than the lab runs.
 */
export const SLIDER = { min: -1, max: 1, step: 0.05 } as const

/** The highest speed, of the lab or of playing the past. */
function fastest(live: boolean): number {
  return live ? MAX_SPEED : MAX_PAST_SPEED
}

export function sliderOf(speed: number, live: boolean): number {
  return speed < 1
    ? -Math.log(speed) / Math.log(MIN_SPEED)
    : Math.log(speed) / Math.log(fastest(live))
}

/** Rounded to two significant digits, within the limits, so that a screen reader can say the value. */
export function speedOf(slider: number, live: boolean): number {
  const exact = slider < 0 ? MIN_SPEED ** -slider : fastest(live) ** slider
  const speed = Number(exact.toPrecision(2))
  return Math.min(fastest(live), Math.max(MIN_SPEED, speed))
}

export function slower(speed: number): number {
  return STEPS.findLast((step) => step < speed - 1e-9) ?? MIN_SPEED
}

export function faster(speed: number, live: boolean): number {
  const next = STEPS.find((step) => step > speed + 1e-9) ?? fastest(live)
  return Math.min(next, fastest(live))
}
