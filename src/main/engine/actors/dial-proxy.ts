// How an inside actor reaches the proxy: a connection, the wire that knows its packets, and the link that holds
// what the actor sends.
import { type NodeId, PROXY } from '../../../shared/ids'
import type { Lab } from '../lab'
import { Link } from '../link'
import type { Connection, NetworkError } from '../net/network'
import type { Wire } from '../wires'

export interface Endpoint {
  host: string
  port: number
}

export interface ProxyConnection {
  connection: Connection
  wire: Wire
  outbound: Link
}

export function dialProxy(
  lab: Lab,
  node: NodeId,
  proxy: Endpoint,
  handlers: {
    data(bytes: Uint8Array): void
    /** Once, last; with the error where it could not be opened or broke. */
    closed(error?: NetworkError): void
  },
): ProxyConnection {
  const wire = lab.wires.create(node, PROXY)
  const outbound = new Link(lab, node, PROXY, wire.connection)
  let localPort = 0
  const connection = lab.network.dial({
    ...proxy,
    handlers: {
      opened() {
        localPort = connection.localPort
        lab.wires.opened(wire, localPort, proxy.port)
      },
      data: handlers.data,
      ended() {
        connection.end()
      },
      closed(error) {
        wire.toDialler.lost('CLIENT_LEFT')
        if (error) wire.toAcceptor.lost('PROXY_UNREACHABLE')
        lab.wires.closed(wire, localPort, proxy.port)
        handlers.closed(error)
      },
    },
  })
  return { connection, wire, outbound }
}
