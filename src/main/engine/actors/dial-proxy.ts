// How an inside actor reaches the proxy: a connection, the wire that knows its packets, and the link that holds
// what the actor sends.
import { type NodeId, PROXY } from '../../../shared/ids'
import type { Lab } from '../lab'
import type { Wire } from '../links/inside-connections'
import { Link } from '../links/link'
import type { Connection, NetworkError } from '../net/network'

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
  const connection = lab.network.dial({
    ...proxy,
    handlers: {
      opened() {
        lab.wires.opened(wire, connection, proxy.port)
      },
      data: handlers.data,
      ended() {
        connection.end()
      },
      closed(error) {
        const reason = error ? 'PROXY_UNREACHABLE' : 'CLIENT_LEFT'
        lab.wires.closedByDialler(wire, reason, error !== undefined)
        handlers.closed(error)
      },
    },
  })
  return { connection, wire, outbound }
}
