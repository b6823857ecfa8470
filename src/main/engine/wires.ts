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
  /** Why nothing arrives any more, once that is so. */
  overBecause: ErrorCode | undefined
  private readonly passages: Passage[] = []

  constructor(private readonly journal: Journal) {}

  /** The sender has written this packet's bytes. */
  sent(packet: PacketId, exchange: ExchangeId, length: number): void {
    this.written += length
    this.passages.push({ packet, exchange, end: this.written })
    if (this.overBecause !== undefined) this.lost(this.overBecause)
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

  /** The receiver is gone: what has not arrived will not, and neither will what is sent from now on. */
  lost(reason: ErrorCode): void {
    this.overBecause ??= reason
    for (const { packet } of this.passages.splice(0)) {
      this.journal.emit({ type: 'packet.dropped', packet, reason })
    }
  }
}

export class Wire {
  readonly toAcceptor: Track
  readonly toDialler: Track
  /** Known once the dialler's end is open. */
  ports: { dialler: number; acceptor: number } | undefined

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

/** The connections among inside actors, by the ports of their two ends. */
export class Wires {
  private readonly byPorts = new Map<string, Wire>()

  constructor(private readonly journal: Journal) {}

  create(dialler: NodeId, acceptor: NodeId): Wire {
    return new Wire(this.journal.nextConnection(), dialler, acceptor, this.journal)
  }

  /** The dialler's end is open: the acceptor can find the wire from now on. */
  opened(wire: Wire, diallerPort: number, acceptorPort: number): void {
    wire.ports = { dialler: diallerPort, acceptor: acceptorPort }
    this.byPorts.set(keyOf(diallerPort, acceptorPort), wire)
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
    return this.byPorts.get(keyOf(diallerPort, acceptorPort))
  }

  /**
   * The dialler's end is closed. The acceptor may still have to read what came before, and to find the wire for
   * that, unless the connection broke.
   */
  closedByDialler(wire: Wire, reason: ErrorCode, broken: boolean): void {
    wire.toDialler.lost(reason)
    if (wire.ports === undefined) {
      wire.toAcceptor.lost(reason)
      return
    }
    const { connection, dialler } = wire
    this.journal.emit({ type: 'connection.closed', connection, node: dialler })
    if (broken) this.closedByAcceptor(wire, reason)
  }

  /** The acceptor's end is closed: what it has not read is lost. */
  closedByAcceptor(wire: Wire, reason: ErrorCode): void {
    wire.toAcceptor.lost(reason)
    if (wire.ports === undefined) return
    const key = keyOf(wire.ports.dialler, wire.ports.acceptor)
    if (this.byPorts.get(key) === wire) this.byPorts.delete(key)
  }
}

function keyOf(diallerPort: number, acceptorPort: number): string {
  return `${diallerPort}>${acceptorPort}`
}
