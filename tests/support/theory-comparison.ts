// What was measured of a queue, beside what the theory says.
import { percentile, type SparseCounts } from '../../src/shared/metrics/histogram'
import type { Measured } from './measured-queue'
import { expectedOf, type Model, type Times } from './queueing-theory'

interface Figure {
  readonly name: string
  readonly theory: number
  readonly measured: number
}

const SHARES = [0.5, 0.9, 0.99]

/**
 * A percentile of waiting is left out where hardly more messages wait than exceed it: it is close to 0 then, and a few messages
 * more or less that wait at all move it far.
 */
const WAITING_PER_EXCEEDING = 1.5

export function compare(model: Model, measured: Measured): readonly Figure[] {
  const { waits, waiting, whole } = expectedOf(model)
  const waited = measured.answered - countAt(measured.waiting, 0)
  const percentiles = (name: string, times: Times, sparse: SparseCounts, shares = SHARES) =>
    shares.map((share) => ({
      name: `${name} p${100 * share}`,
      theory: times.percentile(share),
      measured: percentile(sparse, share) ?? Number.NaN,
    }))
  const clear = SHARES.filter((share) => waits >= WAITING_PER_EXCEEDING * (1 - share))
  return [
    { name: 'part that waits', theory: waits, measured: waited / measured.answered },
    { name: 'waiting, mean', theory: waiting.mean, measured: measured.meanWaitingMs },
    ...percentiles('waiting', waiting, measured.waiting, clear),
    { name: 'whole, mean', theory: whole.mean, measured: measured.meanWholeMs },
    ...percentiles('whole', whole, measured.whole),
  ]
}

/** How far off the measured figure is, as a part of the theory's. */
export function deviation({ theory, measured }: Figure): number {
  return measured / theory - 1
}

function countAt(sparse: SparseCounts, bucket: number): number {
  for (let place = 0; place < sparse.length; place += 2) {
    if (sparse[place] === bucket) return sparse[place + 1] ?? 0
  }
  return 0
}
