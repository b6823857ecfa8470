// The packets of an exchange, one after the other, each on its link: how its way is shown again. Pure.
import type { SimMs } from '../../../../shared/ids'
import type { Packet } from '../../../../shared/state/state'

/** Real milliseconds: long enough to be seen, short enough not to wait. */
const LEAST_MS = 350
const MOST_MS = 1_200
/** Between two packets: the proxy decides, the server works. */
const PAUSE_MS = 250

interface GhostLeg {
  readonly packet: Packet
  /** Real milliseconds since the beginning. */
  readonly from: number
  readonly to: number
}

/** Packets that were in flight together are shown one by one, in the order in which they were sent. */
export function ghostLegs(packets: readonly Packet[]): GhostLeg[] {
  let at = 0
  return packets
    .filter(({ endedAt }) => endedAt !== undefined)
    .toSorted((a, b) => a.sentAt - b.sentAt || a.id - b.id)
    .map((packet) => {
      const from = at
      const to = from + durationOf(packet.sentAt, packet.endedAt ?? packet.sentAt)
      at = to + PAUSE_MS
      return { packet, from, to }
    })
}

function durationOf(sentAt: SimMs, endedAt: SimMs): number {
  return Math.min(MOST_MS, Math.max(LEAST_MS, endedAt - sentAt))
}

/** The leg at a time, and how much of it is done (0 to 1); undefined when all are over. */
export function legAt(
  legs: readonly GhostLeg[],
  ms: number,
): { leg: GhostLeg; part: number } | undefined {
  const leg = legs.find(({ to }) => ms < to + PAUSE_MS)
  if (leg === undefined) return undefined
  return { leg, part: Math.min(1, Math.max(0, (ms - leg.from) / (leg.to - leg.from))) }
}
