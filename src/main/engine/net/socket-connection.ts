// A connection over one of Node's TCP sockets.
import type net from 'node:net'
import { turnTime } from '../clock/turn-time'
import type { Batches } from './batches'
import { type KnownAddresses, plainAddress } from './known-addresses'
import type { Connection, ConnectionHandlers, NetworkError } from './network'
import { networkErrorOf } from './network-errors'

/**
 * Each read allocates its own buffer. Kept messages, as in the packet history, would make that
 * expensive for the garbage collector, so small ones are copied to Node's shared pool.
 */
const SMALL_BYTES = 2_048

const NOTHING = new Uint8Array(0)
/** In which a system of this machine answers bytes for a socket that is gone. */
const PEER_ANSWERS_MS = 1

export class SocketConnection implements Connection {
  /** Noted when the socket is open. */
  localPort = 0
  localAddress = ''
  remotePort = 0
  remoteAddress = ''
  /** Called when the socket is closed, just before `closed`. */
  onGone: () => void = () => {}
  /** What has come and was not handed on: whether it has opened, bytes, the peer's end, the socket's. */
  private hasOpened = false
  private readonly unread: Uint8Array[] = []
  private hasEnded = false
  private hasClosed = false
  private isInReading = false
  private isPaused = false
  /** Nothing but `closed` is handed on any more. */
  private isDestroyed = false
  /** The peer's end has been handed on. */
  private peerEnded = false
  private readonly pieces: Uint8Array[] = []
  private queuedBytes = 0
  private isInWriting = false
  private isEnding = false
  private checksPeer = false
  /** When bytes were last passed to the socket. */
  private writtenAt: number | undefined
  private error: NetworkError | undefined

  constructor(
    private readonly socket: net.Socket,
    private readonly batches: Batches,
    private handlers: ConnectionHandlers,
    private readonly known: KnownAddresses,
  ) {
    socket.on('data', (bytes: Buffer) => {
      this.unread.push(bytes.length <= SMALL_BYTES ? Buffer.from(bytes) : bytes)
      this.takeInSoon()
    })
    socket.on('end', () => {
      this.hasEnded = true
      this.takeInSoon()
    })
    socket.on('error', (error) => {
      this.error = networkErrorOf(error)
    })
    socket.on('close', () => {
      this.hasClosed = true
      this.takeInSoon()
    })
    if (!socket.connecting) this.noteAddresses()
    else {
      socket.on('connect', () => {
        this.noteAddresses()
        this.hasOpened = true
        this.takeInSoon()
        if (this.pieces.length > 0 || this.isEnding) this.flushSoon()
      })
    }
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
    this.isDestroyed = true
    this.socket.destroy()
  }

  reset(): void {
    this.flush()
    this.isDestroyed = true
    // By itself it would send an end first. Destroyed at once, the socket sends nothing but the reset.
    this.socket.resetAndDestroy()
    this.socket.destroy()
  }

  pause(): void {
    this.isPaused = true
    this.socket.pause()
  }

  resume(): void {
    this.isPaused = false
    this.socket.resume()
    if (this.unread.length > 0 || this.hasEnded) this.takeInSoon()
  }

  takeIn(): void {
    this.isInReading = false
    if (this.hasOpened && !this.isDestroyed) this.handlers.opened?.()
    this.hasOpened = false
    const { unread } = this
    while (!this.isPaused && !this.isDestroyed) {
      const bytes = unread.shift()
      if (bytes === undefined) break
      this.handlers.data(bytes)
    }
    if (this.hasEnded && unread.length === 0 && !this.isDestroyed) {
      this.hasEnded = false
      this.peerEnded = true
      this.handlers.ended()
    }
    if (!this.hasClosed) return
    this.hasClosed = false
    this.isDestroyed = true
    this.onGone()
    this.handlers.closed(this.error)
  }

  /** Passes the written bytes to the socket. A connecting socket flushes once it is established. */
  flush(): void {
    this.isInWriting = false
    if (this.socket.destroyed || this.socket.connecting) return
    this.send()
    if (!this.isEnding) return
    // Both directions are finished: closing tells the peer, without a shutdown before it.
    if (this.peerEnded && this.checksPeer) this.closeSoon()
    else if (this.peerEnded && this.socket.writableLength === 0) this.socket.destroy()
    else this.socket.end()
  }

  /**
   * Several pieces leave as one vector: measured, that is faster than joining them, at every size.
   */
  private send(): void {
    const { socket, pieces } = this
    if (pieces.length === 0) return
    // Nagle's algorithm delays nothing before the second write, and most connections have only one.
    if (this.writtenAt !== undefined) socket.setNoDelay(true)
    this.writtenAt = turnTime()
    const isVector = pieces.length > 1
    if (isVector) socket.cork()
    for (const piece of pieces) socket.write(piece)
    if (isVector) socket.uncork()
    pieces.length = 0
    this.queuedBytes = 0
    // Nearly always the system has accepted everything by now. Else a write of nothing waits for that.
    if (socket.writableLength === 0) this.handlers.drained?.()
    else socket.write(NOTHING, this.afterWrite)
  }

  /** Once the peer has had the time to answer what was written. */
  private closeSoon(): void {
    const leftMs = PEER_ANSWERS_MS - (turnTime() - (this.writtenAt ?? 0))
    if (leftMs <= 0) this.closeChecked()
    else setTimeout(this.closeChecked, Math.ceil(leftMs))
  }

  /** A write of nothing sends nothing, but fails once the peer has answered the bytes before it with a reset. */
  private readonly closeChecked = (): void => {
    const { socket } = this
    if (socket.destroyed) return
    // With an error, the socket closes by itself, and reports it.
    const close = (): void => {
      if (socket.errored === null) socket.destroy()
    }
    if (socket.writableLength > 0) {
      socket.write(NOTHING, close)
      return
    }
    // Has failed or not when it returns. A callback from which the socket is destroyed makes Node create an error, with a
    // stack, for nobody: that takes longer than all the rest.
    socket.write(NOTHING)
    close()
  }

  private readonly afterWrite = (): void => {
    if (!this.socket.destroyed && this.unsentBytes === 0) this.handlers.drained?.()
  }

  /** A closed socket forgets its addresses, and it may be closed before it is its turn. */
  private noteAddresses(): void {
    const { socket, known } = this
    this.localPort = known.localPort ?? socket.localPort ?? 0
    this.localAddress = known.localAddress ?? plainAddress(socket.localAddress)
    this.remotePort = known.remotePort ?? socket.remotePort ?? 0
    this.remoteAddress = known.remoteAddress ?? plainAddress(socket.remoteAddress)
  }

  private takeInSoon(): void {
    if (this.isInReading) return
    this.isInReading = true
    this.batches.hasRead(this)
  }

  private flushSoon(): void {
    if (this.isInWriting) return
    this.isInWriting = true
    this.batches.hasWritten(this)
  }
}
