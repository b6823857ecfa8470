// A histogram of times with a bounded relative error (the idea of HdrHistogram): equal steps within each power of two.
// Two histograms merge by adding their counts, so that percentiles of longer times or more nodes stay as exact.
import type { SimMs } from '../ids'

/** Steps in each power of two. The middle of a step is off by at most 1 in 128 (0.8 %). */
const STEP_BITS = 6
const STEPS = 2 ** STEP_BITS

/** Counts by bucket: index, count, index, count, … in order of the indexes. The form in events and states. */
export type SparseCounts = readonly number[]

/** Whole numbers below this have 31 bits. */
const BITS_END = 2 ** 31

/** The bucket of a time, which counts in whole microseconds. */
export function bucketOf(ms: SimMs): number {
  const value = Math.max(0, Math.round(ms * 1000))
  if (value < 2 * STEPS) return value
  if (value < BITS_END) {
    const shift = 31 - STEP_BITS - Math.clz32(value)
    return shift * STEPS + (value >>> shift)
  }
  const shift = Math.floor(Math.log2(value)) - STEP_BITS
  const step = Math.floor(value / 2 ** shift)
  // A logarithm of a number just below a power of two may round up.
  if (step < STEPS) return shift * STEPS + STEPS
  return shift * STEPS + step
}

/** The middle of a bucket. */
export function timeOf(bucket: number): SimMs {
  const [low, width] = edgesOf(bucket)
  return (low + (width - 1) / 2) / 1000
}

/** The least microsecond of a bucket, and how many it has. */
export function edgesOf(bucket: number): [low: number, width: number] {
  if (bucket < 2 * STEPS) return [bucket, 1]
  const shift = Math.floor(bucket / STEPS) - 1
  return [(bucket - shift * STEPS) * 2 ** shift, 2 ** shift]
}

/** Buckets for which there is room at first: times up to a millisecond. */
const FIRST_BUCKETS = 512

/** Counts times in an array that has a place for each bucket: to count one more takes a nanosecond. */
export class Histogram {
  private counts = new Uint32Array(FIRST_BUCKETS)
  /** Every bucket that is not empty is from `low` to before `end`: most seconds have times in few of the buckets. */
  private low = 0
  private end = 0
  private added = 0
  private longestMs: SimMs = 0

  get count(): number {
    return this.added
  }

  /** The longest of its times; 0 without any. */
  get longest(): SimMs {
    return this.longestMs
  }

  /** `bucket`: of the time, if the caller knows it. */
  add(ms: SimMs, bucket = bucketOf(ms)): void {
    if (bucket >= this.counts.length) this.makeRoom(bucket)
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1
    if (bucket < this.low || this.end === 0) this.low = bucket
    if (bucket >= this.end) this.end = bucket + 1
    this.added++
    if (ms > this.longestMs) this.longestMs = ms
  }

  get sparse(): SparseCounts {
    const sparse: number[] = []
    for (let bucket = this.low; bucket < this.end; bucket++) {
      const count = this.counts[bucket] ?? 0
      if (count > 0) sparse.push(bucket, count)
    }
    return sparse
  }

  clear(): void {
    this.counts.fill(0, this.low, this.end)
    this.low = 0
    this.end = 0
    this.added = 0
    this.longestMs = 0
  }

  private makeRoom(bucket: number): void {
    const grown = new Uint32Array(bucket + STEPS)
    grown.set(this.counts)
    this.counts = grown
  }
}

/** Adds the counts of both. Both are in order already, so one pass is enough. */
export function merged(one: SparseCounts, other: SparseCounts): SparseCounts {
  if (one.length === 0) return other
  if (other.length === 0) return one
  const both: number[] = []
  let left = 0
  let right = 0
  while (left < one.length || right < other.length) {
    const own = one[left] ?? Number.POSITIVE_INFINITY
    const others = other[right] ?? Number.POSITIVE_INFINITY
    let count = 0
    if (own <= others) {
      count += one[left + 1] ?? 0
      left += 2
    }
    if (others <= own) {
      count += other[right + 1] ?? 0
      right += 2
    }
    both.push(Math.min(own, others), count)
  }
  return both
}

export function countIn(sparse: SparseCounts): number {
  let sum = 0
  for (let place = 1; place < sparse.length; place += 2) sum += sparse[place] ?? 0
  return sum
}

/**
 * The buckets that these shares of the times (ascending, 0 to 1) do not exceed: 0.5 gives the median's, 1 the largest
 * one's. Empty without a time.
 */
export function bucketsAt(sparse: SparseCounts, shares: readonly number[]): number[] {
  const total = countIn(sparse)
  const found: number[] = []
  let passed = 0
  for (let place = 0; place + 1 < sparse.length; place += 2) {
    passed += sparse[place + 1] ?? 0
    while (found.length < shares.length && passed >= Math.max(1, rank(shares, found, total))) {
      found.push(sparse[place] ?? 0)
    }
  }
  return found
}

/** The nearest rank. The tolerance is for products such as 0.9 × 10, which floating point may round up. */
function rank(shares: readonly number[], found: readonly number[], total: number): number {
  return Math.ceil((shares[found.length] ?? 1) * total - 1e-9)
}

/** The time that this share of the times does not exceed; undefined without a time. */
export function percentile(sparse: SparseCounts, share: number): SimMs | undefined {
  const [bucket] = bucketsAt(sparse, [share])
  return bucket === undefined ? undefined : timeOf(bucket)
}
