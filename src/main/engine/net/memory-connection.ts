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

/** What an end may do next. Named, so that a connection of one message need not make a function of each. */
export type SocketAction =
  | 'begin'
  | 'transfer'
  | 'sendEnd'
  | 'deliver'
  | 'deliverEnd'
  | 'seeReset'
  | 'close'

export class MemoryConnection implements Connection {
  readonly localPort: number
  readonly localAddress: string
  readonly remotePort: number
  readonly remoteAddress: string
  /** Whether it is queued for drawing; maintained by the network. */
  isBusy = false

  /** `beginning`: not open yet. `leaving`: only the call of `closed` remains. */
  private phase: 'beginning' | 'open' | 'leaving' | 'closed' = 'beginning'
  private beginning: (() => void) | undefined
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

  /** A write to a peer that has gone finds that out by itself. */
  endAndCheck(): void {
    this.end()
  }

  /** As in the kernel, closing with unread bytes resets the connection. */
  destroy(): void {
    this.leave(this.inbox.length > 0 ? 'reset' : 'end')
  }

  reset(): void {
    if (this.isGone) return
    const unsent = this.outgoing.length
    if (unsent > 0) this.peer?.inbox.append(this.outgoing.take(unsent))
    this.leave('reset')
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
    this.medium.markBusy(this)
  }

  /** Sets the first action: connecting, opening, or being accepted. */
  begin(action: () => void): void {
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

  /** The actions of which the network draws one: none, one or two. */
  possibleActions(): readonly SocketAction[] {
    const first = this.firstAction()
    if (first === undefined) return []
    const second = this.phase === 'open' ? this.receivingAction() : undefined
    return second === undefined || second === first ? [first] : [first, second]
  }

  /** The first of them: where nothing is drawn, no list is made. */
  firstAction(): SocketAction | undefined {
    switch (this.phase) {
      case 'beginning':
        return this.beginning && 'begin'
      case 'open':
        return this.sendingAction() ?? this.receivingAction()
      case 'leaving':
        return 'close'
      case 'closed':
        return undefined
    }
  }

  perform(action: SocketAction): void {
    switch (action) {
      case 'begin':
        this.runBeginning()
        return
      case 'transfer':
        this.transfer()
        return
      case 'sendEnd':
        this.sendEnd()
        return
      case 'deliver':
        this.deliver()
        return
      case 'deliverEnd':
        this.deliverEnd()
        return
      case 'seeReset':
        this.seeReset()
        return
      case 'close':
        this.close()
    }
  }

  private sendingAction(): SocketAction | undefined {
    if (this.outgoing.length > 0) return this.peerWindow() > 0 ? 'transfer' : undefined
    return this.isEnding && !this.endSent ? 'sendEnd' : undefined
  }

  private receivingAction(): SocketAction | undefined {
    if (this.endSeen) return undefined
    if (this.inbox.length > 0) return this.isPaused ? undefined : 'deliver'
    switch (this.inboxEnd) {
      case 'none':
        return undefined
      case 'end':
        return 'deliverEnd'
      case 'reset':
        return 'seeReset'
    }
  }

  private runBeginning(): void {
    const action = this.beginning
    this.beginning = undefined
    action?.()
  }

  private transfer(): void {
    const { peer } = this
    if (peer === undefined || peer.isGone) {
      this.seeReset()
      return
    }
    const count = Math.min(this.medium.cut(this.outgoing.length), this.peerWindow())
    peer.inbox.append(this.outgoing.take(count))
    this.medium.markBusy(peer)
    if (this.outgoing.length === 0) this.handlers.drained?.()
  }

  private sendEnd(): void {
    this.endSent = true
    this.peer?.arriveEnd('end')
    this.finishWhenBothEnded()
  }

  private deliver(): void {
    const bytes = this.inbox.take(this.medium.cut(this.inbox.length))
    if (this.peer !== undefined) this.medium.markBusy(this.peer)
    this.handlers.data(bytes)
  }

  private deliverEnd(): void {
    this.endSeen = true
    this.handlers.ended()
    this.finishWhenBothEnded()
  }

  private seeReset(): void {
    this.fail({ code: 'RESET', message: 'The peer broke off the connection.' })
  }

  private close(): void {
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
