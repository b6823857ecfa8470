// Knows which packets are in the bytes of a connection between two inside actors. The sender says what it has
// written, the receiver how far it has read: a packet is delivered when the receiver has all its bytes, and lost
// when the receiver's end closes before that. Nothing is added to the bytes.
import type { ConnectionId, ExchangeId, NodeId, PacketId, SimMs } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { Journal } from '../journal'
import type { Connection } from '../net/network'
import { Reads } from './reads'

/** A packet in a stream: its bytes are those from `start`, and its last byte is before `end`. */
interface Passage {
  packet: PacketId
  exchange: ExchangeId
  start: number
  end: number
}

/** One direction of a connection. */
export class Track {
  private written = 0
  /** Why nothing arrives any more, once that is so. */
  overBecause: ErrorCode | undefined
  private readonly passages: Passage[] = []
  private readonly reads = new Reads()
  /** The packet that was delivered last. */
  private last: Passage | undefined
  /** Set by the receiver: a packet of this exchange was taken off the link by hand, and will not come. */
  missing: ((exchange: ExchangeId) => void) | undefined

  constructor(private readonly journal: Journal) {}

  /** A packet is on its way. */
  get busy(): boolean {
    return this.passages.length > 0
  }

  /** The sender has written this packet's bytes. */
  sent(packet: PacketId, exchange: ExchangeId, length: number): void {
    const start = this.written
    this.written += length
    this.passages.push({ packet, exchange, start, end: this.written })
    if (this.overBecause !== undefined) this.lost(this.overBecause)
  }

  /** A read has brought the receiver so many bytes. */
  came(bytes: number, at: SimMs): void {
    this.reads.came(bytes, at)
  }

  /** The receiver has all bytes up to `offset`: the packets that end there are delivered; the last one is returned. */
  arrived(offset: number): Passage | undefined {
    let last: Passage | undefined
    for (let first = this.passages[0]; first && first.end <= offset; first = this.passages[0]) {
      last = first
      this.deliver(first)
    }
    return last
  }

  /**
   * The receiver has a message, or a fault, that ends at `offset`: it is what came in the packet that is returned,
   * which is delivered, as those before it are. Bytes behind the message, white space say, do not matter.
   */
  taken(offset: number): Passage | undefined {
    this.arrived(offset)
    const next = this.passages[0]
    if (this.last?.end !== offset && next && next.start < offset) this.deliver(next)
    const { last } = this
    return last && last.start < offset && offset <= last.end ? last : undefined
  }

  /** The receiver is gone: what has not arrived will not, and neither will what is sent from now on. */
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

type DiallerEnd = Pick<Connection, 'localPort' | 'localAddress' | 'remoteAddress'>

/** The connections among inside actors, by the ports of their two ends. */
export class Wires {
  private readonly byPorts = new Map<string, Wire>()
  /** Where inside actors listen. */
  private readonly acceptors = new Set<string>()
  private readonly dialling = new Set<Wire>()

  constructor(private readonly journal: Journal) {}

  /** A dial is under way, or bytes that have not been read. */
  get busy(): boolean {
    if (this.dialling.size > 0) return true
    for (const wire of this.byPorts.values()) {
      if (wire.toAcceptor.busy || wire.toDialler.busy) return true
    }
    return false
  }

  create(dialler: NodeId, acceptor: NodeId): Wire {
    const wire = new Wire(this.journal.nextConnection(), dialler, acceptor, this.journal)
    this.dialling.add(wire)
    return wire
  }

  /** An inside actor listens there from now on, or no more. */
  setListening(address: string, port: number, listening: boolean): void {
    const place = placeOf(address, port)
    if (listening) this.acceptors.add(place)
    else this.acceptors.delete(place)
  }

  /** Whether it is an inside actor that accepts what is dialled there, and not a program that nobody sees into. */
  isInside(address: string, port: number): boolean {
    return this.acceptors.has(placeOf(address, port))
  }

  /** The dialler's end is open: the acceptor can find the wire from now on. */
  opened(wire: Wire, socket: DiallerEnd, acceptorPort: number): void {
    const { localPort: diallerPort, localAddress, remoteAddress } = socket
    wire.ports = { dialler: diallerPort, acceptor: acceptorPort }
    this.dialling.delete(wire)
    this.byPorts.set(keyOf(diallerPort, acceptorPort), wire)
    this.journal.emit({
      type: 'connection.opened',
      connection: wire.connection,
      from: wire.dialler,
      to: wire.acceptor,
      fromPort: diallerPort,
      toPort: acceptorPort,
      fromAddress: localAddress,
      toAddress: remoteAddress,
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
    this.dialling.delete(wire)
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

function placeOf(address: string, port: number): string {
  return `${address}:${port}`
}
