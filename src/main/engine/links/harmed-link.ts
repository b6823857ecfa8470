// The methods about faults that a stream calls on its links, and what the links do to its ends.
import type { NodeId } from '../../../shared/ids'
import { ENDS_AT_ONCE, type EndFate } from './faults/fault'

/** From this end of a connection to the other. */
export interface Way {
  readonly from: NodeId
  readonly to: NodeId
}

/** The first link of a stream leads to the other end. */
export interface HarmedLink {
  faultsChanged(): void
  cutNow(): void
  endFate(from: NodeId, to: NodeId): EndFate
}

/** `outbound`: to the other end. */
export type StreamDirection = 'outbound' | 'inbound'

/** What faults do to the end of this direction of a stream. */
export function endFateOf(
  direction: StreamDirection,
  [out, back]: readonly HarmedLink[],
  way: Way | undefined,
): EndFate {
  if (way === undefined) return ENDS_AT_ONCE
  const fate =
    direction === 'outbound' ? out?.endFate(way.from, way.to) : back?.endFate(way.to, way.from)
  return fate ?? ENDS_AT_ONCE
}
