// What a spotlight leaves lit on the graph; all else is dimmed.
import type { NodeId, PacketId, ProtocolId } from '../../../shared/ids'

export interface Lit {
  readonly nodes: ReadonlySet<NodeId>
  /** Links, by the node at their end. */
  readonly links: ReadonlySet<NodeId>
  /** Rings, by policy; `all` with the proxy, where no single ring is named. */
  readonly rings: ReadonlySet<ProtocolId> | 'all'
  /** Boxes around servers, by policy. */
  readonly boxes: ReadonlySet<ProtocolId>
  /** All other packets are faint; undefined: none is. */
  readonly packet: PacketId | undefined
}
