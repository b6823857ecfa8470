// The two lanes of a link: traffic keeps to the right, so that answers do not hide beneath messages. The drawn lines and
// the packets on them both use these.
import { CLEARANCE } from './clear'

/** Flow units from the middle of a link to the middle of each lane. */
const WIDE = 8
/** Where many links meet at the roundabout, wide lanes would overlap those of the neighbours. */
const NARROW = 3.5
/** Up to this number of links, lanes are wide, and each is drawn. */
const WIDE_UP_TO = 24

export function laneFor(links: number): number {
  return links <= WIDE_UP_TO ? WIDE : NARROW
}

export function hasDrawnLanes(links: number): boolean {
  return links <= WIDE_UP_TO
}

/** The largest packet in a lane, by its radius in flow units, that covers no card beside its link. */
export function mostRadiusIn(lane: number): number {
  return CLEARANCE - lane - 0.5
}
