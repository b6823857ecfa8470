// Who is the proxy of this lab's servers and clients: our own, whose connections are found by their ports, or another
// program, of which only the messages at the lab's edges are seen?
import type { NodeId, ProtocolId } from '../../shared/ids'
import type { Spelling } from '../../shared/protocol/spelling'
import type { OutsideSender } from './links/outside-sender'
import type { Endpoint } from './net/network'

export interface ProxySeat {
  /** Where clients connect for messages that ask for this policy. */
  endpointOf(policy: ProtocolId): Endpoint
  /** A registration of this server is written, or will not be. */
  registrationSent?(server: NodeId): void
  /** Undefined: our own proxy. */
  readonly foreign?: ForeignSeat
}

interface ForeignSeat {
  readonly spelling: Spelling
  readonly takesRegistrations: boolean
  /** A client has a connection for each message, as the homework's clients do. */
  readonly connectsPerMessage: boolean
  /** Classifies what the program sends on a connection that it has opened to this server. */
  questioner(server: NodeId): OutsideSender
  /** Classifies what it sends to a client on the client's connection. */
  answerer(): OutsideSender
}
