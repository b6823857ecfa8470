// A node of the canvas as its layout knows it: without counters.
import type { NodeId, Origin, ProtocolId } from '../../../shared/ids'

export interface Actor {
  readonly id: NodeId
  /** A group: the programs of one machine of the room, folded. */
  readonly role: 'client' | 'server' | 'unknown' | 'group'
  readonly origin: Origin
  readonly policy: ProtocolId | undefined
}
