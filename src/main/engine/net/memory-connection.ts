// One end of a connection in memory. It never acts by itself: it lists its possible next actions,
// and the network draws one.
import { ByteQueue } from './byte-queue'
import type { Connection, ConnectionHandlers, NetworkError } from './network'

/** What an end needs from its network. */
export interface MemoryMedium {
  readonly windowBytes: number
  /** Reports that the connection may have something to do. */
  markBusy(connection: MemoryConnection): void
  /** Draws the size of the next piece, out of `most` bytes. */
  cut(most: number): number
  /** Reports that the connection is closed. */
  forget(connection: MemoryConnection): void
}

interface MemoryAddresses {
  localPort: number
  localAddress: string
  remotePort: number
  remoteAddress: string
}

type Action = () => void

export class MemoryConnection implements Connection {
  readonly localPort: number
  readonly localAddress: string
  readonly remotePort: number
  readonly remoteAddress: string
  /** Whether it is queued for drawing; maintained by the network. */
  isBusy = false

  /** `beginning`: not open yet. `leaving`: only the call of `closed` remains. */
  private phase: 'beginning' | 'open' | 'leaving' | 'closed' = 'beginning'
  private beginning: Action | undefined
  private peer: MemoryConnection | undefined
  private error: NetworkError | undefined
  private isPaused = false

  /** Written, but not yet in the peer's inbox. */
  private readonly outgoing = new ByteQueue()
  private isEnding = false
  private endSent = false

  /** Arrived, but not yet read; `inboxEnd` follows. */
  private readonly inbox = new ByteQueue()
  private inboxEnd: 'none' | 'end' | 'reset' = 'none'
  private endSeen = false

  constructor(
    private readonly medium: MemoryMedium,
    addresses: MemoryAddresses,
    private handlers: ConnectionHandlers,
  ) {
    this.localPort = addresses.localPort
    this.localAddress = addresses.localAddress
    this.remotePort = addresses.remotePort
    this.remoteAddress = addresses.remoteAddress
  }

  get unsentBytes(): number {
    return this.outgoing.length
  }

  setHandlers(handlers: ConnectionHandlers): void {
    this.handlers = handlers
  }

  write(bytes: Uint8Array): void {
    if (this.isEnding || this.isGone) return
    this.outgoing.append(bytes)
    this.medium.markBusy(this)
  }

  end(): void {
    if (this.isGone) return
    this.isEnding = true
    this.medium.markBusy(this)
  }

  /** As in the kernel, closing with unread bytes resets the connection. */
  destroy(): void {
    this.leave(this.inbox.length > 0 ? 'reset' : 'end')
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
    this.medium.markBusy(this)
  }

  /** Sets the first action: connecting, opening, or being accepted. */
  begin(action: Action): void {
    this.beginning = action
    this.medium.markBusy(this)
  }

  join(peer: MemoryConnection): void {
    this.peer = peer
  }

  open(): void {
    this.phase = 'open'
    this.handlers.opened?.()
  }

  /** Refuses the connection: the peer sees a reset. */
  abort(): void {
    this.leave('reset')
  }

  fail(error: NetworkError): void {
    this.error = error
    this.finish()
  }

  possibleActions(): readonly Action[] {
    switch (this.phase) {
      case 'beginning':
        return this.beginning === undefined ? [] : [this.runBeginning]
      case 'open':
        return [...this.sendingActions(), ...this.receivingActions()]
      case 'leaving':
        return [this.close]
      case 'closed':
        return []
    }
  }

  private sendingActions(): readonly Action[] {
    if (this.outgoing.length > 0) return this.peerWindow() > 0 ? [this.transfer] : []
    return this.isEnding && !this.endSent ? [this.sendEnd] : []
  }

  private receivingActions(): readonly Action[] {
    if (this.endSeen) return []
    if (this.inbox.length > 0) return this.isPaused ? [] : [this.deliver]
    switch (this.inboxEnd) {
      case 'none':
        return []
      case 'end':
        return [this.deliverEnd]
      case 'reset':
        return [this.reset]
    }
  }

  private readonly runBeginning = (): void => {
    const action = this.beginning
    this.beginning = undefined
    action?.()
  }

  private readonly transfer = (): void => {
    const { peer } = this
    if (peer === undefined || peer.isGone) {
      this.reset()
      return
    }
    const count = Math.min(this.medium.cut(this.outgoing.length), this.peerWindow())
    peer.inbox.append(this.outgoing.take(count))
    this.medium.markBusy(peer)
    if (this.outgoing.length === 0) this.handlers.drained?.()
  }

  private readonly sendEnd = (): void => {
    this.endSent = true
    this.peer?.arriveEnd('end')
    this.finishWhenBothEnded()
  }

  private readonly deliver = (): void => {
    const bytes = this.inbox.take(this.medium.cut(this.inbox.length))
    if (this.peer !== undefined) this.medium.markBusy(this.peer)
    this.handlers.data(bytes)
  }

  private readonly deliverEnd = (): void => {
    this.endSeen = true
    this.handlers.ended()
    this.finishWhenBothEnded()
  }

  private readonly reset = (): void => {
    this.fail({ code: 'RESET', message: 'The peer broke off the connection.' })
  }

  private readonly close = (): void => {
    this.phase = 'closed'
    this.medium.forget(this)
    this.handlers.closed(this.error)
  }

  /** Bytes that the peer still accepts; a closed peer accepts any, and answers with a reset. */
  private peerWindow(): number {
    const { peer } = this
    if (peer === undefined || peer.isGone) return Number.POSITIVE_INFINITY
    return this.medium.windowBytes - peer.inbox.length
  }

  private arriveEnd(how: 'end' | 'reset'): void {
    if (this.inboxEnd === 'none' || how === 'reset') this.inboxEnd = how
    this.medium.markBusy(this)
  }

  private finishWhenBothEnded(): void {
    if (this.endSent && this.endSeen && this.phase === 'open') this.finish()
  }

  private leave(how: 'end' | 'reset'): void {
    if (this.isGone) return
    this.peer?.arriveEnd(how)
    this.finish()
  }

  private finish(): void {
    this.phase = 'leaving'
    this.outgoing.clear()
    this.inbox.clear()
    this.medium.markBusy(this)
  }

  private get isGone(): boolean {
    return this.phase === 'leaving' || this.phase === 'closed'
  }
}
