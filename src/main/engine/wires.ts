// Knows which packets are in the bytes of a connection between two inside actors. The sender says what it has
// written, the receiver how far it has read: a packet is delivered when the receiver has all its bytes, and lost
// when the receiver's end closes before that. Nothing is added to the bytes.
import type { ConnectionId, ExchangeId, NodeId, PacketId } from '../../shared/ids'
import type { ErrorCode } from '../../shared/protocol/errors'
import type { Journal } from './journal'

/** A packet in a stream: its last byte is before `end`. */
interface Passage {
  packet: PacketId
  exchange: ExchangeId
  end: number
}

/** One direction of a connection. */
export class Track {
  private written = 0
  private readonly passages: Passage[] = []

  constructor(private readonly journal: Journal) {}

  /** The sender has written this packet's bytes. */
  sent(packet: PacketId, exchange: ExchangeId, length: number): void {
    this.written += length
    this.passages.push({ packet, exchange, end: this.written })
  }

  /** The receiver has read up to `offset`: the packets that end there are delivered; the last one is returned. */
  arrived(offset: number): Passage | undefined {
    let last: Passage | undefined
    for (let first = this.passages[0]; first && first.end <= offset; first = this.passages[0]) {
      last = first
      this.passages.shift()
      this.journal.emit({ type: 'packet.delivered', packet: first.packet })
    }
    return last
  }

  /** What has not arrived will not. */
  lost(reason: ErrorCode): void {
    for (const { packet } of this.passages.splice(0)) {
      this.journal.emit({ type: 'packet.dropped', packet, reason })
    }
  }
}

export class Wire {
  readonly toAcceptor: Track
  readonly toDialler: Track

  constructor(
    readonly connection: ConnectionId,
    readonly dialler: NodeId,
    readonly acceptor: NodeId,
    journal: Journal,
  ) {
    this.toAcceptor = new Track(journal)
    this.toDialler = new Track(journal)
  }
}

/** The open connections among inside actors, by the ports of their two ends. */
export class Wires {
  private readonly byPorts = new Map<string, Wire>()

  constructor(private readonly journal: Journal) {}

  create(dialler: NodeId, acceptor: NodeId): Wire {
    return new Wire(this.journal.nextConnection(), dialler, acceptor, this.journal)
  }

  /** The dialler's end is open: the acceptor can find the wire from now on. */
  opened(wire: Wire, diallerPort: number, acceptorPort: number): void {
    this.byPorts.set(`${diallerPort}>${acceptorPort}`, wire)
    this.journal.emit({
      type: 'connection.opened',
      connection: wire.connection,
      from: wire.dialler,
      to: wire.acceptor,
      fromPort: diallerPort,
      toPort: acceptorPort,
    })
  }

  /** Undefined where the dialler is no inside actor. */
  find(diallerPort: number, acceptorPort: number): Wire | undefined {
    return this.byPorts.get(`${diallerPort}>${acceptorPort}`)
  }

  /** The dialler's end is closed. */
  closed(wire: Wire, diallerPort: number, acceptorPort: number): void {
    const key = `${diallerPort}>${acceptorPort}`
    if (this.byPorts.get(key) !== wire) return
    this.byPorts.delete(key)
    this.journal.emit({
      type: 'connection.closed',
      connection: wire.connection,
      node: wire.dialler,
    })
  }
}
