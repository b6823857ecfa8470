// Where the marks of an axis are, and what is written at them.
import { formatClock, formatLatency } from '../../../../shared/format'

/** Round numbers from 0 to the maximum, about `count` of them. */
export function linearTicks(max: number, count: number): number[] {
  const step = roundStep(max / Math.max(1, count))
  const ticks: number[] = []
  for (let tick = 0; tick <= max * 1.0001; tick += step) ticks.push(rounded(tick))
  return ticks
}

/** 1, 2 and 5 in each power of ten between these, or 1 alone where they would be more than `count`. */
export function logTicks(from: number, to: number, count: number): number[] {
  const ticks = [1, 2, 5].flatMap((digit) => {
    const found: { tick: number; digit: number }[] = []
    for (let power = Math.floor(Math.log10(from)); digit * 10 ** power <= to; power++) {
      const tick = digit * 10 ** power
      if (tick >= from) found.push({ tick, digit })
    }
    return found
  })
  const fitting = ticks.length <= count ? ticks : ticks.filter(({ digit }) => digit === 1)
  const every = Math.ceil(fitting.length / Math.max(1, count))
  return fitting
    .map(({ tick }) => tick)
    .sort((one, other) => one - other)
    .filter((_, index) => index % every === 0)
}

/** Seconds at which the clock shows round numbers. */
export function timeTicks(from: number, to: number, count: number): number[] {
  const least = (to - from) / Math.max(1, count)
  const step = TIME_STEPS.find((one) => one >= least) ?? 3_600
  const ticks: number[] = []
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick)
  return ticks
}

const TIME_STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800]

/** `12 s`, `2:05`. */
export function timeLabel(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : formatClock(seconds * 1000)
}

/** A value of a line, at an axis: `4`, `0.5`, `1.2k`; of a duration in milliseconds `200 µs`, `75 s`. */
export function valueLabel(value: number, isDuration = false): string {
  if (isDuration) return formatLatency(value)
  return value >= 1000 ? `${rounded(value / 1000)}k` : String(rounded(value))
}

/** The same in a legend, shorter: `–` for a second without one. */
export function figureLabel(value: number | null | undefined, isDuration = false): string {
  if (value === null || value === undefined) return '–'
  if (isDuration) return formatLatency(value)
  return String(value >= 100 ? Math.round(value) : Math.round(value * 10) / 10)
}

function roundStep(least: number): number {
  if (!(least > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(least))
  const step = [1, 2, 5, 10].find((digit) => digit * power >= least * 0.999) ?? 10
  return step * power
}

/** Rounds off the tail of digits that a sum of decimal fractions leaves. */
function rounded(value: number): number {
  return Number(value.toPrecision(6))
}
