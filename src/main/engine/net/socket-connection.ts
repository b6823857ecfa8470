// A connection over one of Node's TCP sockets.
import type net from 'node:net'
import { type KnownAddresses, plainAddress } from './known-addresses'
import type { Connection, ConnectionHandlers, NetworkError } from './network'
import { networkErrorOf } from './network-errors'
import type { Outbox } from './outbox'

/**
 * Each read allocates its own buffer. Kept messages, as in the packet history, would make that
 * expensive for the garbage collector, so small ones are copied to Node's shared pool.
 */
const SMALL_BYTES = 2_048

const NOTHING = new Uint8Array(0)
/** In which a system of this machine answers bytes for a socket that is gone. */
const PEER_ANSWERS_MS = 1

export class SocketConnection implements Connection {
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
