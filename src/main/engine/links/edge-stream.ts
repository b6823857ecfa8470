// A packet stream whose other end is an outside program. Its bytes are scanned as they arrive, and each message is held
// on a link behind the socket, at the edge of the lab. The link delivers bytes; edited ones are scanned again. A packet
// to the program counts as delivered when it is written, because nobody can see into the program.
import type { ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import { isWhiteSpace } from '../../../shared/protocol/json-bytes'
import type { MessageScanner, ScanResult } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import { inRealTime } from '../clock/real-limit'
import type { Lab } from '../lab'
import type { Connection, NetworkError } from '../net/network'
import { createScanner, kindOf } from '../protocol/scan'
import { BROKEN_OFF } from './broken-off'
import type { HarmedLink, Way } from './harmed-link'
import { heldMs, type Outgoing } from './in-transit'
import { Link } from './link'
import type { LinkOwner } from './link-owner'
import { LinkedStream } from './linked-stream'
import type { OutsideSender } from './outside-sender'
import type { Arrival, StreamOptions, StreamUser } from './packet-stream'
import { lengthOf, Reads } from './reads'
import { type OutsideEnd, SocketRecord } from './socket-record'

/** How long the proxy listens to what a server sends after its answer, unless it closes before. */
const AFTER_ANSWER_MS = 200

interface EdgeEnds extends OutsideEnd {
  /** The node at this end. */
  node: NodeId
}

/** A packet on the link from the edge. */
interface FromOutside extends Outgoing {
  readonly from: NodeId
  /** The message, or fault, as it was scanned at the edge. */
  readonly item: ScanResult
}

export class EdgeStream<O extends Outgoing> extends LinkedStream<O> {
  /** Nobody can see into the program: a packet to it is delivered when it is written. */
  readonly deliversAtOnce = true
  private readonly reads = new Reads()
  private readonly inbound: Link<FromOutside>
  private readonly outbound: Link<O>
  /** Scans changed packets while the last of them is an unfinished message. */
  private changed: MessageScanner | undefined
  /** The program that sent the last message. */
  private program: NodeId | undefined
  private unfinished: Omit<Arrival, 'item'> | undefined
  private readonly record: SocketRecord
  /** The last thing that came from it is an answer. */
  private hasAnswered = false

  constructor(
    lab: Lab,
    private readonly ends: EdgeEnds,
    private readonly sender: OutsideSender,
    connection: Connection,
    user: StreamUser<O>,
    options: StreamOptions = {},
  ) {
    super(lab, connection, user, options)
    this.record = new SocketRecord(lab, ends)
    const { node, other } = ends
    const chance = ends.dialled?.chance
    this.outbound = new Link(lab, node, other, ends.connection, this, chance)
    const owner: LinkOwner<FromOutside> = {
      deliversAtOnce: true,
      sent: (exchange, { from, item }) => {
        this.credit--
        this.program = from
        sender.sent?.(exchange, from, item)
      },
      handOver: (packet, exchange, bytes, outgoing) =>
        this.deliver(packet, exchange, bytes, outgoing),
      dropped: (exchange) => this.lose(exchange),
      swallowed: () => {
        this.credit++
        this.takeIn()
      },
      cut: (how, packet, exchange, bytes, outgoing) => {
        if (outgoing && bytes.length > 0) {
          this.credit--
          this.readChanged(bytes, { packet, exchange, from: outgoing.from })
        }
        this.ended()
        this.breakOff(how)
      },
    }
    this.inbound = new Link(lab, other, node, ends.connection, owner, chance)
  }

  send(outgoing: O): void {
    this.outbound.carry(outgoing)
  }

  override write(bytes: Uint8Array): void {
    this.record.wrote(bytes.length)
    super.write(bytes)
  }

  sent(exchange: ExchangeId, outgoing: O, isCopy: boolean): void {
    if (!isCopy || outgoing.exchange === 'new') this.sender.asked?.(exchange)
    this.user.sent?.(exchange, outgoing)
  }

  handOver(
    packet: PacketId,
    exchange: ExchangeId,
    bytes: Uint8Array,
    outgoing: O,
    isCopy: boolean,
  ): void {
    this.user.written?.(packet, exchange, bytes, outgoing, isCopy)
  }

  dropped(exchange: ExchangeId, outgoing: O): void {
    this.sender.notAsked?.(exchange)
    this.user.dropped?.(exchange, outgoing)
  }

  heldMs(exchange: ExchangeId): SimMs | undefined {
    return heldMs(this.inbound.packets, exchange, this.lab.clock.now())
  }

  override opened(): void {
    const { ends, connection } = this
    if (ends.dialled) this.lab.connections.opened(ends.dialled, connection, connection.remotePort)
    super.opened()
  }

  override ended(): void {
    this.record.programEnded()
    super.ended()
  }

  protected get way(): Way {
    return { from: this.ends.node, to: this.program ?? this.ends.other }
  }

  protected get links(): readonly HarmedLink[] {
    return [this.outbound, this.inbound]
  }

  protected get linksIdle(): boolean {
    return this.inbound.idle && this.outbound.idle
  }

  protected override get isUndecided(): boolean {
    return super.isUndecided || (this.changed?.isUndecided ?? false)
  }

  protected override get pendingBytes(): number {
    return super.pendingBytes + (this.changed?.pendingBytes ?? 0)
  }

  protected count(bytes: number, at: SimMs): void {
    this.reads.add(bytes, at)
    this.record.read()
  }

  protected take(item: ScanResult): void {
    this.hasAnswered = item.kind === 'message' && item.message.type === 2
    const from = this.sender.nodeOf(item)
    this.inbound.carry({
      kind: kindOf(item),
      exchange: this.sender.exchangeOf(item),
      from,
      bytes: item.bytes,
      pieces: this.reads.take(item.end, lengthOf(item)),
      item,
    })
  }

  protected caughtUp(): void {}

  protected completeArrivals(): boolean {
    if (!this.inbound.idle) return false
    this.giveUpChanged()
    return true
  }

  protected override giveUp(): void {
    super.giveUp()
    this.giveUpChanged()
  }

  protected override silence(limitMs: SimMs): SimMs {
    return inRealTime(this.lab.clock, limitMs)
  }

  protected dropAll(reason: ErrorCode): void {
    this.inbound.drop(reason)
    this.outbound.drop(reason)
  }

  /** What has been read may still arrive, but nothing can be written. */
  protected disconnected(error: NetworkError | undefined): void {
    const { sent, unread } = this.user.lossReasons(error, undefined)
    this.outbound.drop(sent)
    const { dialled } = this.ends
    if (error?.code === 'RESET' && error !== BROKEN_OFF) {
      this.record.noteReset(this.program, this.scanner.received, this.peerEnded)
    }
    if (dialled) this.lab.connections.closedByDialler(dialled, unread, error !== undefined)
  }

  /** A program that dialled and has ended its direction may be there still, or may have closed without its answer. */
  protected override endConnection(): void {
    if (this.peerEnded && this.record.hasWritten) this.connection.endAndCheck()
    else super.endConnection()
  }

  /** A server that has answered is listened to for a moment longer: it may send what nobody asked for. */
  protected override leave(reason: ErrorCode, next: ScanResult | undefined): void {
    const { connection, lab } = this
    const isAfterAnswer = this.hasAnswered && reason === 'SERVER_BAD_ANSWER'
    if (next && isAfterAnswer) this.record.noteAfterAnswer(next.bytes)
    if (next || !isAfterAnswer || !this.ends.dialled || this.peerEnded) {
      super.leave(reason, next)
      return
    }
    let timer: Timer | undefined
    connection.setHandlers({
      data: (bytes) => {
        if (bytes.includes(0) && bytes.every((byte) => byte === 0 || isWhiteSpace(byte))) {
          this.noteNuls()
        }
        if (bytes.every((byte) => byte === 0 || isWhiteSpace(byte))) return
        this.record.noteAfterAnswer(bytes)
        connection.destroy()
      },
      ended: () => connection.destroy(),
      closed: () => {
        if (timer) lab.clock.cancel(timer)
        this.closed(undefined)
      },
    })
    connection.resume()
    connection.end()
    timer = lab.clock.schedule(inRealTime(lab.clock, AFTER_ANSWER_MS), () => connection.destroy())
  }

  /** Unchanged bytes are not scanned again. */
  private deliver(
    packet: PacketId,
    exchange: ExchangeId,
    bytes: Uint8Array,
    { from, item }: FromOutside,
  ): void {
    if (bytes === item.bytes && this.changed === undefined) {
      this.user.arrived({ item, packet, exchange, from })
    } else this.readChanged(bytes, { packet, exchange, from })
    this.reportEnd()
  }

  /** The packet has used credit for one message, but an edit may have made it none or several. */
  private readChanged(bytes: Uint8Array, origin: Omit<Arrival, 'item'>): void {
    const scanner = this.changed ?? createScanner()
    const items = scanner.push(bytes)
    this.changed = scanner.pendingBytes > 0 ? scanner : undefined
    this.unfinished = origin
    this.credit += 1 - items.length
    for (const item of items) this.user.arrived({ item, ...origin })
    this.takeIn()
    this.watchHalfSent()
  }

  private giveUpChanged(): void {
    const half = this.changed?.giveUp()
    this.changed = undefined
    if (half === undefined || this.unfinished === undefined || !this.reportsHalfSent) return
    this.credit--
    this.user.arrived({ item: half, ...this.unfinished })
  }

  private lose(exchange: ExchangeId): void {
    this.credit++
    this.user.lost?.(exchange)
    this.takeIn()
  }
}
