// What TCP does about a packet that did not arrive: it sends it again after a time that doubles with each try, and
// gives up after fifteen. Everything behind the packet waits for it (the link keeps its order).
import type { SimMs } from '../../../../shared/ids'
import type { Random } from '../../clock/random'
import { type Fate, type FaultKind, PASSES } from './fault'

/** The shortest retransmission time on Linux, and the longest. */
const FIRST_RTO_MS = 200
const LONGEST_RTO_MS = 120_000
/** Linux’s tcp_retries2. */
const MOST_TRIES = 15

/** Each try of a packet is lost with this chance. */
export const retransmission: FaultKind = ({ packetPercent }, random) => ({
  pass: () => fateOf(timesLost(packetPercent, random)),
  // Its sender notices nothing, and sends it again when it is time.
  takenOut({ count = 0 }, hereMs) {
    let times = 1
    while (times < count && stallMs(times) < hereMs) times++
    return fateOf(times)
  },
})

function fateOf(count: number): Fate {
  if (count === 0) return PASSES
  const laterMs = stallMs(count)
  if (count < MOST_TRIES) return { laterMs, count }
  return { laterMs, ending: { by: 'cut', after: 0, how: 'reset' }, count }
}

function timesLost(percent: number, random: Random): number {
  let times = 0
  while (times < MOST_TRIES && random.next() * 100 < percent) times++
  return times
}

/** How long a packet stalls if it was lost this many times. */
export function stallMs(times: number): SimMs {
  let stall = 0
  for (let time = 0; time < times; time++) {
    stall += Math.min(LONGEST_RTO_MS, FIRST_RTO_MS * 2 ** time)
  }
  return stall
}
