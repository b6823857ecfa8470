// What the two forms of a packet stream have in common: they read a socket, no further than their user takes packets in,
// and tell when a message was left half sent.
import type { SimMs } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
import type { Connection, ConnectionHandlers, NetworkError } from '../net/network'
import { createScanner } from '../protocol/scan'
import type { Outgoing } from './in-transit'
import type { PacketStream, StreamOptions, StreamUser } from './packet-stream'

export abstract class SocketStream<O extends Outgoing = Outgoing>
  implements PacketStream<O>, ConnectionHandlers
{
  protected readonly scanner = createScanner()
  protected credit: number
  protected isDestroyed = false
  /** Read, and waiting until the user takes more packets in. */
  private readonly unread: ScanResult[] = []
  private isTakingIn = false
  private isReading = true
  private hasStopped = false
  private peerEnded = false
  private endReported = false
  private halfSentTimer: Timer | undefined

  constructor(
    protected readonly lab: Lab,
    protected readonly connection: Connection,
    protected readonly user: StreamUser<O>,
    private readonly options: StreamOptions,
  ) {
    this.credit = options.credit ?? Number.POSITIVE_INFINITY
    connection.setHandlers(this)
  }

  abstract send(outgoing: O): void
  protected abstract get linksIdle(): boolean
  /** Lets the last packets arrive once all is read; false while one is on a link. */
  protected abstract completeArrivals(): boolean
  /** A read has brought this many bytes. */
  protected abstract count(bytes: number, at: SimMs): void
  /** Takes in a message, or a fault; uses credit for it. */
  protected abstract take(item: ScanResult): void
  /** All that has been read is taken in. */
  protected abstract caughtUp(): void
  protected abstract dropAll(reason: ErrorCode): void
  /** The socket is closed, whether by `destroy` or not. */
  protected abstract disconnected(error: NetworkError | undefined): void

  get idle(): boolean {
    return this.unread.length === 0 && this.linksIdle
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
    this.connection.end()
    if (this.hasStopped) this.connection.resume()
  }

  destroy(reason: ErrorCode): void {
    if (this.isDestroyed) return
    this.isDestroyed = true
    this.stopHalfSentTimer()
    this.unread.length = 0
    this.dropAll(reason)
    this.connection.destroy()
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
  }

  drained(): void {
    this.updateReading()
  }

  ended(): void {
    if (this.isDestroyed || this.peerEnded) return
    this.peerEnded = true
    if (this.reportsHalfSent) this.giveUpScanning()
    this.takeIn()
    this.watchHalfSent()
  }

  closed(error: NetworkError | undefined): void {
    this.stopHalfSentTimer()
    this.disconnected(error)
    if (this.isDestroyed) return
    this.user.closed(error)
    this.ended()
  }

  protected get reportsHalfSent(): boolean {
    return this.options.halfSentLimitMs !== undefined
  }

  /** Bytes of messages begun and not finished. */
  protected get pendingBytes(): number {
    return this.scanner.pendingBytes
  }

  /** The other end has been silent for too long within a message: it becomes a fault. */
  protected giveUp(): void {
    this.giveUpScanning()
  }

  /** A packet that is done with at once lets the next one in: one loop takes them all, however many have come. */
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

  /** Called whenever a packet has arrived or was lost, too: the end comes after them. */
  protected reportEnd(): void {
    if (!this.peerEnded || this.unread.length > 0 || !this.completeArrivals()) return
    // The last arrival may have led here as well, or to the end of the stream.
    if (this.endReported || this.isDestroyed) return
    this.endReported = true
    this.user.ended()
  }

  /** A peer that does not read its answers, or asks faster than it is answered, has to wait. */
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

  /** Time runs only while this end would read on. */
  protected watchHalfSent(): void {
    this.stopHalfSentTimer()
    const { halfSentLimitMs = Number.POSITIVE_INFINITY } = this.options
    if (halfSentLimitMs === Number.POSITIVE_INFINITY) return
    if (!this.isReading || this.isDestroyed || this.pendingBytes === 0) return
    this.halfSentTimer = this.lab.clock.schedule(halfSentLimitMs, () => {
      this.halfSentTimer = undefined
      this.giveUp()
      this.takeIn()
    })
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
