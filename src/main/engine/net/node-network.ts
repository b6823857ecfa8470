// The network of the running app: Node's TCP sockets, those that listen and those that connect.
import net from 'node:net'
import { ChurningSet } from '../../../shared/churning-map'
import { Batches } from './batches'
import { type KnownAddresses, ownAddress } from './known-addresses'
import { findListener, hasListener } from './linux-sockets'
import {
  AddressError,
  type ClosableNetwork,
  type Connection,
  type DialOptions,
  type Listener,
  type ListeningAddress,
  type ListenOptions,
  NO_HANDLERS,
  PortDeniedError,
  PortTakenError,
  type SoughtListener,
} from './network'
import { NO_ADDRESS } from './network-errors'
import { SocketConnection } from './socket-connection'
import { VariedOptions } from './varied-options'
import { allocateYoung } from './young-objects'

/** Connections that the kernel completes before we accept them: a whole class may send at once. */
const BACKLOG = 1024

export function createNodeNetwork(): ClosableNetwork {
  allocateYoung()
  return new NodeNetwork()
}

class NodeNetwork implements ClosableNetwork {
  private readonly batches = new Batches()
  private readonly options = new VariedOptions()
  private readonly connections = new ChurningSet<SocketConnection>()
  private readonly servers = new Set<net.Server>()
  private isClosed = false
  private whenEmpty: (() => void) | undefined

  listen({ host, port, accept }: ListenOptions): Promise<Listener> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) throw new Error('The network is closed.')
      let known: KnownAddresses = { localPort: port }
      const server = net.createServer({ allowHalfOpen: true }, (socket) => {
        accept(this.add(new SocketConnection(socket, this.batches, NO_HANDLERS, known)))
      })
      this.servers.add(server)
      // After listening has begun, an error is a failed accept, for example for lack of file
      // descriptors: that client is turned away, and later ones may get in.
      server.on('error', (error: NodeJS.ErrnoException) => {
        if (!server.listening) this.servers.delete(server)
        if (error.code === 'EADDRINUSE') reject(new PortTakenError(port))
        else if (error.code === 'EACCES') reject(new PortDeniedError(port))
        else if (NO_ADDRESS.has(error.code ?? '')) reject(new AddressError(host))
        else reject(error)
      })
      server.listen({ host, port, backlog: BACKLOG }, () => {
        if (this.isClosed) this.stop(server)
        const listener = this.listenerOf(server, host, port)
        known = { localPort: listener.port, localAddress: ownAddress(listener.address) }
        resolve(listener)
      })
    })
  }

  dial({ host, port, from, handlers }: DialOptions): Connection {
    const localAddress = from === undefined ? {} : { localAddress: from }
    const socket = net.connect({ host, port, allowHalfOpen: true, ...localAddress })
    const known = { remotePort: port, remoteAddress: ownAddress(host) }
    const connection = this.add(new SocketConnection(socket, this.batches, handlers, known))
    if (this.isClosed) connection.destroy()
    return connection
  }

  findListener(sought: SoughtListener): Promise<ListeningAddress | undefined> {
    return findListener(sought)
  }

  isListenedOn(port: number): Promise<boolean | undefined> {
    return hasListener(port)
  }

  openSockets(): number {
    return this.connections.size + this.servers.size
  }

  async close(): Promise<void> {
    this.isClosed = true
    for (const server of this.servers) this.stop(server)
    for (const connection of [...this.connections.values()]) connection.destroy()
    if (this.connections.size === 0) return
    await new Promise<void>((resolve) => {
      this.whenEmpty = resolve
    })
  }

  private add(connection: SocketConnection): SocketConnection {
    this.options.socketMade()
    this.connections.add(connection)
    connection.onGone = () => {
      this.connections.delete(connection)
      if (this.connections.size === 0) this.whenEmpty?.()
    }
    return connection
  }

  private listenerOf(server: net.Server, host: string, port: number): Listener {
    const bound = server.address()
    const address = typeof bound === 'object' && bound !== null ? bound : { address: host, port }
    return {
      port: address.port,
      address: address.address,
      close: async () => this.stop(server),
    }
  }

  /**
   * The port is free when this returns; the callback of `close` would also wait for the open
   * connections.
   */
  private stop(server: net.Server): void {
    this.servers.delete(server)
    server.close()
  }
}
