// A packet stream whose other end is an inside node, in this process. The offsets of the bytes tell which packet
// contained a message. Incoming packets are held on the link of the other end.
import type { ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Lab } from '../lab'
import type { Connection, NetworkError } from '../net/network'
import type { InsideConnection } from './connections'
import type { HarmedLink, Way } from './harmed-link'
import type { Outgoing } from './in-transit'
import { Link } from './link'
import { LinkedStream } from './linked-stream'
import type { StreamOptions, StreamUser } from './packet-stream'
import type { PacketTrack } from './packet-track'

export class InsideStream<O extends Outgoing> extends LinkedStream<O> {
  private readonly isDialler: boolean
  private readonly other: NodeId
  private readonly outgoing: PacketTrack
  private readonly incoming: PacketTrack
  private readonly link: Link<O>
  /** A fault has ended the connection, and this packet was sent before that. */
  private lastToRead: PacketId | undefined

  constructor(
    lab: Lab,
    private readonly inside: InsideConnection,
    /** The node at this end. */
    private readonly node: NodeId,
    connection: Connection,
    user: StreamUser<O>,
    options: StreamOptions = {},
  ) {
    super(lab, connection, user, options)
    const { dialler, acceptor, toAcceptor, toDialler, id, chance } = inside
    this.isDialler = node === dialler
    this.other = this.isDialler ? acceptor : dialler
    this.outgoing = this.isDialler ? toAcceptor : toDialler
    this.incoming = this.isDialler ? toDialler : toAcceptor
    if (user.lost) this.incoming.onDropped = (exchange) => user.lost?.(exchange)
    this.link = new Link(lab, node, this.other, id, this, chance)
    this.outgoing.link = this.link
  }

  send(outgoing: O): void {
    this.link.carry(outgoing)
  }

  sent(exchange: ExchangeId, outgoing: O): void {
    this.user.sent?.(exchange, outgoing)
  }

  handOver(
    packet: PacketId,
    exchange: ExchangeId,
    bytes: Uint8Array,
    outgoing: O,
    isCopy: boolean,
  ): void {
    this.outgoing.sent(packet, exchange, bytes.length)
    this.user.written?.(packet, exchange, bytes, outgoing, isCopy)
  }

  dropped(exchange: ExchangeId, outgoing: O): void {
    this.outgoing.onDropped?.(exchange)
    this.user.dropped?.(exchange, outgoing)
  }

  /** The other end's link holds what comes from there. */
  heldMs(exchange: ExchangeId): SimMs | undefined {
    return this.incoming.heldMs(exchange, this.lab.clock.now())
  }

  override opened(): void {
    const { inside, connection } = this
    this.lab.connections.opened(inside, connection, connection.remotePort)
    super.opened()
  }

  protected get way(): Way {
    return { from: this.node, to: this.other }
  }

  protected get links(): readonly HarmedLink[] {
    return [this.link]
  }

  protected get linksIdle(): boolean {
    return this.link.idle
  }

  protected completeArrivals(): boolean {
    return true
  }

  protected count(bytes: number, at: SimMs): void {
    this.incoming.read(bytes, at)
  }

  /** What the other end has sent before still comes. */
  protected override discardComing(): void {
    this.lastToRead = this.incoming.lastPacket
    if (this.lastToRead === undefined) super.discardComing()
  }

  protected take(item: ScanResult): void {
    this.credit--
    const passage = this.incoming.found(item.end)
    if (passage && passage.packet === this.lastToRead) super.discardComing()
    this.user.arrived({
      item,
      packet: passage?.packet ?? 0,
      exchange: passage?.exchange ?? 0,
      from: this.other,
    })
  }

  /** The rest is not a message: white space, or more of a fault. */
  protected caughtUp(): void {
    this.incoming.arrived(this.scanner.received)
  }

  protected dropAll(reason: ErrorCode): void {
    this.link.drop(reason)
    if (this.isDialler) this.incoming.lost(reason)
    else this.lab.connections.closedByAcceptor(this.inside, reason)
  }

  protected disconnected(error: NetworkError | undefined): void {
    const { connections } = this.lab
    const { sent, unread } = this.user.lossReasons(error, this.outgoing.overBecause)
    this.link.drop(sent)
    if (this.isDialler) {
      connections.closedByDialler(this.inside, unread, error !== undefined)
      return
    }
    connections.closedByAcceptor(this.inside, unread)
    if (error) this.outgoing.lost(sent)
  }
}
