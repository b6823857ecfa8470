// What both forms of a packet stream share: they read a socket only while their user lets packets arrive, and report a
// message that was left unfinished.
import { NUL_NOTE } from '../../../shared/diagnosis/foreign/framings'
import type { ExchangeId, SimMs } from '../../../shared/ids'
import { LINGER_MS, UNDECIDED_LIMIT_MS } from '../../../shared/limits'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
import type { Connection, ConnectionHandlers, NetworkError } from '../net/network'
import { createScanner } from '../protocol/scan'
import { BROKEN_OFF } from './broken-off'
import { DelayedEnd } from './delayed-end'
import { type CutBy, ENDS_AT_ONCE, type EndFate } from './faults/fault'
import { endFateOf, type HarmedLink, type StreamDirection, type Way } from './harmed-link'
import type { Outgoing } from './in-transit'
import type { PacketStream, StreamOptions, StreamUser } from './packet-stream'

export abstract class SocketStream<O extends Outgoing = Outgoing>
  implements PacketStream<O>, ConnectionHandlers
{
  protected readonly scanner = createScanner()
  protected credit: number
  protected isDestroyed = false
  /** Read, and waiting until the user lets more packets arrive. */
  private readonly unread: ScanResult[] = []
  private isTakingIn = false
  private isReading = true
  private hasStopped = false
  protected peerEnded = false
  private endReported = false
  private nulNoted = false
  private halfSentTimer: Timer | undefined
  private readonly ownEnd: DelayedEnd
  private readonly peerEnd: DelayedEnd
  private hasClosed = false

  constructor(
    protected readonly lab: Lab,
    protected readonly connection: Connection,
    protected readonly user: StreamUser<O>,
    private readonly options: StreamOptions,
  ) {
    this.credit = options.credit ?? Number.POSITIVE_INFINITY
    this.ownEnd = new DelayedEnd(lab.clock)
    this.peerEnd = new DelayedEnd(lab.clock)
    connection.setHandlers(this)
    lab.faults.opened(this)
  }

  abstract send(outgoing: O): void
  abstract heldMs(exchange: ExchangeId): SimMs | undefined
  /** Undefined if the stream meets no faults. */
  protected abstract get way(): Way | undefined
  protected abstract get links(): readonly HarmedLink[]
  protected abstract get linksIdle(): boolean
  /** Delivers the last packets once everything has been read. Returns false while a packet is on a link. */
  protected abstract completeArrivals(): boolean
  /** A read has returned this many bytes. */
  protected abstract count(bytes: number, at: SimMs): void
  /** Handles a message, or a fault; uses credit for it. */
  protected abstract take(item: ScanResult): void
  /** Everything that was read has been handled. */
  protected abstract caughtUp(): void
  protected abstract dropAll(reason: ErrorCode): void
  /** The socket is closed, whether by `destroy` or not. */
  protected abstract disconnected(error: NetworkError | undefined): void

  get idle(): boolean {
    return this.unread.length === 0 && this.linksIdle
  }

  writeAside(bytes: Uint8Array): void {
    this.connection.write(bytes)
  }

  allow(count: number): void {
    this.credit += count
    this.takeIn()
  }

  stopReading(): void {
    this.hasStopped = true
    this.updateReading()
  }

  end(): void {
    this.endLater(() => this.endConnection())
    if (this.hasStopped) this.connection.resume()
  }

  destroy(reason: ErrorCode): void {
    if (this.isDestroyed) return
    this.isDestroyed = true
    this.stopHalfSentTimer()
    const [next] = this.unread.splice(0)
    this.dropAll(reason)
    this.endLater(() => this.leave(reason, next))
  }

  protected endConnection(): void {
    this.connection.end()
  }

  /** Closes the connection. `_next`: what was read and has not been handled. */
  protected leave(_reason: ErrorCode, _next: ScanResult | undefined): void {
    this.connection.destroy()
  }

  /** A link that goes down closes its connections. */
  faultsChanged(): void {
    if (this.hasClosed) return
    const { way, links, lab } = this
    if (this.peerEnd.isDelayed && this.fateOf('inbound').laterMs === 0) this.endNow()
    if (this.ownEnd.isDelayed && this.fateOf('outbound').laterMs === 0)
      this.ownEnd.again(this.fateOf('outbound'))
    if (this.isDestroyed) return
    if (way && [way.from, way.to].some((node) => lab.faults.isDown(node))) links[0]?.cutNow()
    else for (const link of links) link.faultsChanged()
  }

  opened(): void {
    if (!this.isDestroyed) this.user.opened?.()
  }

  data(bytes: Uint8Array): void {
    if (this.hasStopped || this.isDestroyed) return
    this.count(bytes.length, this.lab.clock.now())
    for (const item of this.scanner.push(bytes)) this.unread.push(item)
    this.takeIn()
    this.watchHalfSent()
    if (this.scanner.skippedNuls > 0) this.noteNuls()
  }

  drained(): void {
    this.updateReading()
  }

  ended(): void {
    if (this.isDestroyed || this.peerEnded || this.peerEnd.isPending) return
    this.peerEnd.come(this.fateOf('inbound'), {
      end: () => this.endNow(),
      reset: () => this.breakOff('reset'),
    })
  }

  private endNow(): void {
    this.peerEnd.stop()
    if (this.isDestroyed || this.peerEnded) return
    this.peerEnded = true
    if (this.reportsHalfSent || this.isUndecided) this.giveUpScanning()
    this.takeIn()
    this.watchHalfSent()
  }

  closed(error: NetworkError | undefined): void {
    if (this.hasClosed) return
    this.hasClosed = true
    this.lab.faults.closed(this)
    this.ownEnd.stop()
    this.peerEnd.stop()
    this.stopHalfSentTimer()
    this.disconnected(error)
    if (this.isDestroyed) return
    this.user.closed(error)
    this.ended()
  }

  /** A fault of the link ends the connection. A peer that does not close its end gets little time. */
  protected breakOff(how: CutBy): void {
    if (this.isDestroyed || this.hasClosed) return
    if (how === 'reset') {
      this.connection.reset()
      // Its user learns of it before anything else happens.
      this.closed(BROKEN_OFF)
      return
    }
    this.connection.end()
    this.ownEnd.within(LINGER_MS, () => this.connection.destroy())
    this.discardComing()
  }

  /** What the peer sends from now on does not get through either. */
  protected discardComing(): void {
    this.stopReading()
    this.connection.resume()
  }

  private endLater(end: () => void): void {
    this.ownEnd.come(this.fateOf('outbound'), { end, reset: () => this.resetAtEnd() })
  }

  private resetAtEnd(): void {
    if (this.isDestroyed) this.connection.reset()
    else this.breakOff('reset')
  }

  private fateOf(direction: StreamDirection): EndFate {
    return this.hasClosed ? ENDS_AT_ONCE : endFateOf(direction, this.links, this.way)
  }

  protected get reportsHalfSent(): boolean {
    return this.options.halfSentLimitMs !== undefined
  }

  /** Bytes have come that do not tell yet what they are. */
  protected get isUndecided(): boolean {
    return this.scanner.isUndecided
  }

  /** The bytes of unfinished messages. */
  protected get pendingBytes(): number {
    return this.scanner.pendingBytes
  }

  /** The other end has been silent for too long within a message, which becomes a fault. */
  protected giveUp(): void {
    this.giveUpScanning()
  }

  /**
   * A packet that is finished at once makes room for the next one: one loop handles them all, however many there are.
   */
  protected takeIn(): void {
    if (this.isTakingIn) return
    this.isTakingIn = true
    while (this.credit > 0) {
      const item = this.unread.shift()
      if (item === undefined) break
      this.take(item)
    }
    this.isTakingIn = false
    if (this.isDestroyed) return
    if (this.unread.length === 0) this.caughtUp()
    this.updateReading()
    this.reportEnd()
  }

  /** Also called when a packet has arrived or was lost: the end follows the last packet. */
  protected reportEnd(): void {
    if (!this.peerEnded || this.unread.length > 0 || !this.completeArrivals()) return
    // The last arrival may already have called this method, or ended the stream.
    if (this.endReported || this.isDestroyed) return
    this.endReported = true
    this.user.ended()
  }

  /** Pauses reading from a peer that does not read its answers, or asks faster than it is answered. */
  private updateReading(): void {
    if (this.isDestroyed) return
    const { maxUnsentBytes = Number.POSITIVE_INFINITY } = this.options
    const wanted =
      !this.hasStopped &&
      this.unread.length === 0 &&
      this.credit > 0 &&
      this.connection.unsentBytes <= maxUnsentBytes
    if (wanted === this.isReading) return
    this.isReading = wanted
    if (wanted) this.connection.resume()
    else this.connection.pause()
    this.watchHalfSent()
  }

  /** The silence after which half a message is given up. */
  protected silence(limitMs: SimMs): SimMs {
    return limitMs
  }

  /** Measures silence only while this end reads. */
  protected watchHalfSent(): void {
    this.stopHalfSentTimer()
    const { halfSentLimitMs = Number.POSITIVE_INFINITY } = this.options
    const limitMs = this.isUndecided ? UNDECIDED_LIMIT_MS : halfSentLimitMs
    if (limitMs === Number.POSITIVE_INFINITY) return
    if (!this.isReading || this.isDestroyed || this.pendingBytes === 0) return
    this.halfSentTimer = this.lab.clock.schedule(this.silence(limitMs), () => {
      this.halfSentTimer = undefined
      this.giveUp()
      this.takeIn()
    })
  }

  /** Once a connection. */
  protected noteNuls(): void {
    if (this.nulNoted) return
    this.nulNoted = true
    this.user.noted?.(NUL_NOTE)
  }

  private giveUpScanning(): void {
    const half = this.scanner.giveUp()
    if (half) this.unread.push(half)
  }

  private stopHalfSentTimer(): void {
    if (this.halfSentTimer) this.lab.clock.cancel(this.halfSentTimer)
    this.halfSentTimer = undefined
  }
}
