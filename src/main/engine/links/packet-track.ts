// One direction of a connection between two inside nodes: which packet is in which of its bytes? The sender reports
// what it has written, the receiver how far it has read. A packet is delivered when the receiver has all its bytes, and
// lost if the receiver closes before that. Nothing is added to the bytes.
import type { ExchangeId, PacketId, SimMs } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { Journal } from '../story/journal'
import { heldMs, type InTransit } from './in-transit'
import { Reads } from './reads'

/** A packet's bytes: from offset `start` of the stream to before `end`. */
interface Passage {
  packet: PacketId
  exchange: ExchangeId
  start: number
  end: number
}

export class PacketTrack {
  /** Why packets are lost, once the receiver has closed. */
  overBecause: ErrorCode | undefined
  /** Set by the sender: what holds its packets until they are written. */
  link: { readonly packets: readonly InTransit[] } | undefined
  /** Set by the receiver: called when a packet of this exchange was dropped by hand before it was written. */
  onDropped: ((exchange: ExchangeId) => void) | undefined
  private written = 0
  private readonly passages: Passage[] = []
  private readonly reads = new Reads()
  /** The packet that was delivered last. */
  private last: Passage | undefined

  constructor(private readonly journal: Journal) {}

  /** A written packet has not been delivered. */
  get busy(): boolean {
    return this.passages.length > 0
  }

  /** The last packet that has been sent and not delivered. */
  get lastPacket(): PacketId | undefined {
    return (this.link?.packets.at(-1) ?? this.passages.at(-1))?.packet
  }

  /** How long the packet of this exchange is still held before it is written; 0: it is written, and not delivered. */
  heldMs(exchange: ExchangeId, now: SimMs): SimMs | undefined {
    if (this.passages.some((one) => one.exchange === exchange)) return 0
    return heldMs(this.link?.packets ?? [], exchange, now)
  }

  /** The sender has written this packet's bytes. */
  sent(packet: PacketId, exchange: ExchangeId, length: number): void {
    const start = this.written
    this.written += length
    this.passages.push({ packet, exchange, start, end: this.written })
    if (this.overBecause !== undefined) this.lost(this.overBecause)
  }

  /** The receiver has read this many bytes. */
  read(bytes: number, at: SimMs): void {
    this.reads.add(bytes, at)
  }

  /** The receiver has all bytes up to `offset`: delivers the packets that end there, and returns the last of them. */
  arrived(offset: number): Passage | undefined {
    let last: Passage | undefined
    for (let first = this.passages[0]; first && first.end <= offset; first = this.passages[0]) {
      last = first
      this.deliver(first)
    }
    return last
  }

  /**
   * The receiver has a message, or a fault, that ends at `offset`: delivers its packet and those before, and returns
   * that packet. Bytes behind the message, such as white space, do not matter.
   */
  found(offset: number): Passage | undefined {
    this.arrived(offset)
    const next = this.passages[0]
    if (this.last?.end !== offset && next && next.start < offset) this.deliver(next)
    const { last } = this
    return last && last.start < offset && offset <= last.end ? last : undefined
  }

  /** The receiver has closed: packets that have not arrived are lost, and so are those written from now on. */
  lost(reason: ErrorCode): void {
    this.overBecause ??= reason
    for (const { packet } of this.passages.splice(0)) {
      this.journal.emit({ type: 'packet.dropped', packet, reason })
    }
  }

  private deliver({ packet, start, end }: Passage): void {
    this.last = this.passages.shift()
    const pieces = this.reads.take(end, end - start)
    if (pieces) this.journal.emit({ type: 'packet.read', packet, pieces })
    this.journal.emit({ type: 'packet.delivered', packet })
  }
}
