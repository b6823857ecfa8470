// Which packets in flight belong to a further attempt of their exchange.
import { attemptOf } from '../../../shared/state/decisions'
import type { State } from '../../../shared/state/state'
import type { Point } from '../ui/point'
import type { Rect } from './geometry'

/** If more packets than this are in flight, none is marked: the numbers would cover everything else. */
const FEW_IN_FLIGHT = 400
const MOST_MARKED = 12

/** `17:2 19:3`: packet 17 belongs to attempt 2. A text, which stays the same while nothing changes. */
export function retriesInFlight({
  inFlight,
  packets,
}: Pick<State, 'inFlight' | 'packets'>): string {
  if (inFlight.size > FEW_IN_FLIGHT) return ''
  const found: string[] = []
  for (const packet of inFlight.values()) {
    const attempt = attemptOf(packet, packets.at(packet.exchange - 1))
    if (attempt > 1) found.push(`${packet.id}:${attempt}`)
  }
  return found.length > MOST_MARKED ? '' : found.join(' ')
}

/** Pixels, as in retry-marks.css and attempt-mark.css: the mark of an attempt at the upper right of its packet. */
export function attemptMarkRect({ x, y }: Point): Rect {
  return { x, y: y - 22, width: 26, height: 17 }
}
