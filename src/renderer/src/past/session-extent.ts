// The span of the timeline while the lab runs: it is longer than what has been read of the session.
import { liveNow, simNow, simSpeed, useLab } from '../lab/lab'
import { isAtRest } from '../lab/ticks'
import type { Extent, History } from './history/history'
import type { Past } from './moment'

/** While looking back. */
export function sessionExtent({ extent }: History): Extent {
  const { live } = useLab.getState()
  if (live.seq <= extent.lastSeq) return extent
  return {
    ...extent,
    to: Math.max(extent.to, liveNow()),
    lastSeq: live.seq,
    packets: live.packets.end,
  }
}

/** While live: the timeline ends at the moment on the screen. */
export function livePlace(
  known: History | undefined,
): Pick<Past, 'extent' | 'seq' | 'at' | 'atRest'> {
  const { live } = useLab.getState()
  const extent: Extent = {
    from: known?.extent.from ?? 0,
    to: simNow(),
    firstSeq: known?.extent.firstSeq ?? 1,
    lastSeq: live.seq,
    packets: live.packets.end,
  }
  return {
    extent,
    seq: live.seq,
    at: extent.to,
    atRest: isAtRest(live, extent.to, simSpeed()),
  }
}
