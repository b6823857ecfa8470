// The network of the running app: Node's TCP sockets. The number of system calls here decides the
// proxy's throughput, so everything that the reads of one turn cause to be written leaves as one
// write per socket.
import net from 'node:net'
import { ChurningSet } from '../../../shared/churning-map'
import { type KnownAddresses, ownAddress, plainAddress } from './known-addresses'
import { findListener, isListenedOn } from './linux-sockets'
import {
  AddressError,
  type ClosableNetwork,
  type Connection,
  type ConnectionHandlers,
  type DialOptions,
  type Listener,
  type ListeningAddress,
  type ListenOptions,
  type NetworkError,
  NO_HANDLERS,
  PortDeniedError,
  PortTakenError,
  type SoughtListener,
} from './network'
import { NO_ADDRESS, networkErrorOf } from './network-errors'

/** Connections that the kernel completes before we accept them: a whole class may send at once. */
const BACKLOG = 1024

/**
 * Each read allocates its own buffer. Kept messages, as in the packet history, would make that
 * expensive for the garbage collector, so small ones are copied to Node's shared pool.
 */
const SMALL_BYTES = 2_048

export function createNodeNetwork(): ClosableNetwork {
  return new NodeNetwork()
}

class NodeNetwork implements ClosableNetwork {
  private readonly outbox = new Outbox()
  private readonly connections = new ChurningSet<SocketConnection>()
  private readonly servers = new Set<net.Server>()
  private isClosed = false
  private whenEmpty: (() => void) | undefined

  listen({ host, port, accept }: ListenOptions): Promise<Listener> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) throw new Error('The network is closed.')
      let known: KnownAddresses = { localPort: port }
      const server = net.createServer({ allowHalfOpen: true }, (socket) => {
        accept(this.add(new SocketConnection(socket, this.outbox, NO_HANDLERS, known)))
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
    const connection = this.add(new SocketConnection(socket, this.outbox, handlers, known))
    if (this.isClosed) connection.destroy()
    return connection
  }

  findListener(sought: SoughtListener): Promise<ListeningAddress | undefined> {
    return findListener(sought)
  }

  isListenedOn(port: number): Promise<boolean | undefined> {
    return isListenedOn(port)
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

/** The connections with bytes to send, flushed together after the reads of this turn. */
class Outbox {
  private waiting: SocketConnection[] = []

  add(connection: SocketConnection): void {
    if (this.waiting.length === 0) setImmediate(this.flush)
    this.waiting.push(connection)
  }

  private readonly flush = (): void => {
    const connections = this.waiting
    this.waiting = []
    for (const connection of connections) connection.flush()
  }
}

class SocketConnection implements Connection {
  /** Called when the socket is closed, just before `closed`. */
  onGone: () => void = () => {}
  private readonly pieces: Uint8Array[] = []
  private queuedBytes = 0
  private isInOutbox = false
  private isEnding = false
  private checksPeer = false
  private peerEnded = false
  private hasWritten = false
  private error: NetworkError | undefined

  constructor(
    private readonly socket: net.Socket,
    private readonly outbox: Outbox,
    private handlers: ConnectionHandlers,
    private readonly known: KnownAddresses,
  ) {
    // A destroyed socket may still emit events: `closed` must be the last call.
    socket.on('data', (bytes: Buffer) => {
      if (!socket.destroyed)
        this.handlers.data(bytes.length <= SMALL_BYTES ? Buffer.from(bytes) : bytes)
    })
    socket.on('end', () => {
      this.peerEnded = true
      if (!socket.destroyed) this.handlers.ended()
    })
    socket.on('error', (error) => {
      this.error = networkErrorOf(error)
    })
    socket.on('close', () => {
      this.onGone()
      this.handlers.closed(this.error)
    })
    if (socket.connecting) {
      socket.on('connect', () => {
        this.handlers.opened?.()
        if (this.pieces.length > 0 || this.isEnding) this.flushSoon()
      })
    }
  }

  get localPort(): number {
    return this.known.localPort ?? this.socket.localPort ?? 0
  }

  get remotePort(): number {
    return this.known.remotePort ?? this.socket.remotePort ?? 0
  }

  get localAddress(): string {
    return this.known.localAddress ?? plainAddress(this.socket.localAddress)
  }

  get remoteAddress(): string {
    return this.known.remoteAddress ?? plainAddress(this.socket.remoteAddress)
  }

  get unsentBytes(): number {
    return this.socket.destroyed ? 0 : this.queuedBytes + this.socket.writableLength
  }

  setHandlers(handlers: ConnectionHandlers): void {
    this.handlers = handlers
  }

  write(bytes: Uint8Array): void {
    if (bytes.length === 0 || this.isEnding || this.socket.destroyed) return
    this.pieces.push(bytes)
    this.queuedBytes += bytes.length
    this.flushSoon()
  }

  end(): void {
    if (this.isEnding || this.socket.destroyed) return
    this.isEnding = true
    this.flushSoon()
  }

  endAndCheck(): void {
    this.checksPeer = true
    this.end()
  }

  destroy(): void {
    this.socket.destroy()
  }

  reset(): void {
    this.flush()
    // By itself it would send an end first. Destroyed at once, the socket sends nothing but the reset.
    this.socket.resetAndDestroy()
    this.socket.destroy()
  }

  pause(): void {
    this.socket.pause()
  }

  resume(): void {
    this.socket.resume()
  }

  /** Passes the written bytes to the socket. A connecting socket flushes once it is established. */
  flush(): void {
    this.isInOutbox = false
    if (this.socket.destroyed || this.socket.connecting) return
    this.send()
    if (!this.isEnding) return
    // Both directions are finished: closing tells the peer, without a shutdown before it.
    if (this.peerEnded && this.checksPeer) setTimeout(this.closeChecked, PEER_ANSWERS_MS)
    else if (this.peerEnded && this.socket.writableLength === 0) this.socket.destroy()
    else this.socket.end()
  }

  /**
   * Several pieces leave as one vector: measured, that is faster than joining them, at every size.
   */
  private send(): void {
    const { socket, pieces } = this
    const last = pieces.pop()
    if (last === undefined) return
    // Nagle's algorithm delays nothing before the second write, and most connections have only one.
    if (this.hasWritten) socket.setNoDelay(true)
    this.hasWritten = true
    const isVector = pieces.length > 0
    if (isVector) socket.cork()
    for (const piece of pieces) socket.write(piece)
    socket.write(last, this.afterWrite)
    if (isVector) socket.uncork()
    pieces.length = 0
    this.queuedBytes = 0
  }

  /** A write of nothing sends nothing, but fails once the peer has answered the bytes before it with a reset. */
  private readonly closeChecked = (): void => {
    const { socket } = this
    if (socket.destroyed) return
    // With an error, the socket closes by itself, and reports it.
    socket.write(NOTHING, (error) => {
      if (!error) socket.destroy()
    })
  }

  private readonly afterWrite = (): void => {
    if (!this.socket.destroyed && this.unsentBytes === 0) this.handlers.drained?.()
  }

  private flushSoon(): void {
    if (this.isInOutbox) return
    this.isInOutbox = true
    this.outbox.add(this)
  }
}

const NOTHING = new Uint8Array(0)
/** In which a system of this machine answers bytes for a socket that is gone. */
const PEER_ANSWERS_MS = 1
