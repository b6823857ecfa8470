// The view of a packet that filters and sort orders use, for packets of the state and of
// recordings.
import type { PacketKind } from '../events'
import type { ConnectionId, ExchangeId, NodeId, PacketId, ProtocolId, SimMs } from '../ids'

/**
 * The properties of a packet that a filter can test. Costly ones are methods, called only if a
 * filter needs them.
 */
export interface PacketFacts {
  readonly id: PacketId
  readonly exchange: ExchangeId
  readonly kind: PacketKind
  readonly from: NodeId
  readonly to: NodeId
  readonly connection: ConnectionId
  readonly status: 'flying' | 'held' | 'delivered' | 'dropped' | 'unknown'
  readonly edited: boolean
  /** Whether a person made it by duplicating another packet. */
  readonly copy: boolean
  /** Whether a fault of its link met it. */
  readonly harmed: boolean
  readonly verdict: 'correct' | 'wrong' | 'error' | undefined
  readonly sentAt: SimMs
  /** In bytes. */
  readonly size: number
  /** The client of its exchange, the policy, and the server that was chosen or that sent it. */
  client(): ProtocolId | undefined
  policy(): ProtocolId | undefined
  server(): ProtocolId | undefined
  /** See `timeTaken` in state-facts.ts; undefined while it is in flight and if it was lost. */
  took(): SimMs | undefined
  /** From its sending to its arrival. */
  onLink(): SimMs | undefined
  /** The time since the client's message, for an answer to the client. */
  roundTrip(): SimMs | undefined
  /** The JSON object in its bytes; undefined if they are not one. */
  fields(): Readonly<Record<string, unknown>> | undefined
  /** Whether its bytes as text, in lower case, have this text. */
  has(text: string): boolean
}
