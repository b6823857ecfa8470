// Opens the packet streams that an inside node dials or accepts.
import { type NodeId, PROXY } from '../../../shared/ids'
import type { Lab } from '../lab'
import {
  type Connection,
  type ConnectionHandlers,
  type Endpoint,
  NO_HANDLERS,
} from '../net/network'
import { InsideConnection } from './connections'
import { EdgeStream } from './edge-stream'
import { dialOver } from './faults/refused-dial'
import type { Outgoing } from './in-transit'
import { InsideStream } from './inside-stream'
import { Answerer } from './outside-sender'
import type { PacketStream, StreamOptions, StreamUser } from './packet-stream'
import type { SocketStream } from './socket-stream'

/** `node` dials `other`, which listens at this endpoint. */
export function dialStream<O extends Outgoing>(
  lab: Lab,
  node: NodeId,
  other: NodeId,
  { host, port }: Endpoint,
  user: StreamUser<O>,
  options?: StreamOptions,
): PacketStream<O> {
  const dialled = lab.connections.dial(node, other, host, port)
  const far = other === PROXY ? node : other
  dialled.chance = lab.faults.nameOnLink(far)
  const connection = dialOver(lab, far, { host, port, handlers: NO_HANDLERS })
  if (dialled instanceof InsideConnection) {
    return new InsideStream(lab, dialled, node, connection, user, options)
  }
  const ends = { connection: dialled.id, node, other, dialled }
  const sender =
    (other === PROXY ? lab.seat.foreign?.answerer() : undefined) ?? new Answerer(other, lab.journal)
  return new EdgeStream(lab, ends, sender, connection, user, options)
}

/**
 * Creates the stream of an accepted connection at its first event and passes the event to it. The dialler is not known
 * before: its end may open later than the acceptor's.
 */
export function onFirstEvent(connection: Connection, makeStream: () => ConnectionHandlers): void {
  connection.setHandlers({
    data: (bytes) => makeStream().data(bytes),
    ended: () => makeStream().ended(),
    closed: (error) => makeStream().closed(error),
  })
}

/** `node` has accepted a connection; `makeOutside` creates the stream if no inside node dialled it. */
export function acceptStream<O extends Outgoing>(
  lab: Lab,
  node: NodeId,
  connection: Connection,
  user: StreamUser<O>,
  options: StreamOptions,
  makeOutside: () => SocketStream<O>,
): SocketStream<O> {
  const dialled = lab.connections.find(
    connection.remoteAddress,
    connection.remotePort,
    connection.localPort,
  )
  if (!(dialled instanceof InsideConnection)) return makeOutside()
  return new InsideStream(lab, dialled, node, connection, user, options)
}
