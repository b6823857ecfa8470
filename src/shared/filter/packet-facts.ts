// A packet as filters and orders see it, whether it is one of the state or of a recording.
import type { PacketKind } from '../events'
import type { ConnectionId, ExchangeId, NodeId, PacketId, ProtocolId, SimMs } from '../ids'

/** What a filter can ask of a packet. Costly parts are methods, called only where a filter asks for them. */
export interface PacketFacts {
  readonly id: PacketId
  readonly exchange: ExchangeId
  readonly kind: PacketKind
  readonly from: NodeId
  readonly to: NodeId
  readonly connection: ConnectionId
  readonly status: 'flying' | 'held' | 'delivered' | 'dropped'
  readonly edited: boolean
  /** Whether it was made by hand, of another one. */
  readonly copy: boolean
  readonly verdict: 'correct' | 'wrong' | 'error' | undefined
  readonly sentAt: SimMs
  /** In bytes. */
  readonly size: number
  /** Of its exchange: who asked, for which policy, and who was chosen or sent it. */
  client(): ProtocolId | undefined
  policy(): ProtocolId | undefined
  server(): ProtocolId | undefined
  /** As `timeTaken` of facts.ts says; undefined while it is under way and where it was lost. */
  took(): SimMs | undefined
  /** The JSON object in its bytes, where they are one. */
  fields(): Readonly<Record<string, unknown>> | undefined
  /** Its bytes as text. */
  text(): string
}
