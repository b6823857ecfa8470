// The methods about faults that a stream calls on its links.
import type { NodeId } from '../../../shared/ids'
import type { EndFate } from './faults/fault'

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
