// When does a rate amount to one more arrival?
import type { SimMs } from '../../../shared/ids'

/** The time at which `expected` has grown by `gap` since `from`; undefined if that takes more than a hundred days. */
export function nextArrival(
  expected: (ms: SimMs) => number,
  from: SimMs,
  gap: number,
): SimMs | undefined {
  const wanted = expected(from) + gap
  let width = 1
  while (expected(from + width) < wanted) {
    width *= 2
    if (width > LONGEST_MS) return undefined
  }
  let [low, high] = [from, from + width]
  for (let step = 0; step < 60 && high - low > PRECISION_MS; step++) {
    const middle = (low + high) / 2
    if (expected(middle) < wanted) low = middle
    else high = middle
  }
  return high
}

/** Far below the microseconds of events. */
const PRECISION_MS = 1e-7

/** A hundred days. */
const LONGEST_MS = 8_640_000_000
