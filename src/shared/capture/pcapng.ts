// Writes a recording as a packet capture (pcapng) for Wireshark and tshark: real connections with
// their real ports, addresses, bytes and times. Comments mark the headers that had to be made up.
import { originalOf } from '../carried'
import type { EventBody, LabEvent } from '../events'
import { type ConnectionId, type PacketId, PROXY, type SimMs } from '../ids'
import type { State } from '../state/state'
import { parseAddress } from './addresses'
import {
  bytesThrough,
  type CapturedConnection,
  type Crossing,
  newConnection,
  type PendingPacket,
  piecesOf,
} from './captured-connection'
import { PacketComments } from './packet-comments'
import { PcapngBlocks } from './pcapng-blocks'
import { RealTimes } from './real-times'
import type { IpEndpoint } from './segment'
import { TcpStream } from './tcp-stream'

type Opened = Omit<Extract<EventBody, { type: 'connection.opened' }>, 'type'>

export class PcapngWriter {
  private readonly blocks = new PcapngBlocks()
  private readonly words = new PacketComments()
  private readonly times: RealTimes
  private readonly connections = new Map<ConnectionId, CapturedConnection>()
  private readonly packets = new Map<PacketId, PendingPacket>()
  /** Packet of the last event; the next events may tell what faults did to it, and its pieces. */
  private crossing: Crossing | undefined
  /** Closed connections whose end is not written yet. */
  private readonly closing = new Set<CapturedConnection>()
  /** Whether every connection has an event that opens it, before or after its first packet. */
  private complete: boolean | undefined

  /** `start`: the state before the first event; left out at the beginning of a session. */
  constructor(
    meta: { app: string },
    start?: Pick<State, 'connections' | 'inFlight' | 'nodes' | 'clock'>,
  ) {
    this.times = new RealTimes(start?.clock)
    this.blocks.sectionHeader(meta.app, FILE_COMMENT)
    this.blocks.interfaceDescription('Roundabout')
    if (start === undefined) return
    this.complete = true
    for (const node of start.nodes.values()) this.words.addNode(node)
    for (const { id, ...ends } of start.connections.values()) {
      this.open({ connection: id, ...ends }, undefined)
    }
    for (const packet of start.inFlight.values()) {
      const { id, kind, from, to, connection, bytes, original, pieces, copyOf, harms = [] } = packet
      if (isOutside(from)) continue
      const edited = original !== undefined
      this.expect({ id, kind, from, to, edited, copyOf, harms, connection, bytes, pieces })
    }
  }

  /** Adds the next event. `wall`: its real time, in milliseconds since 1970. */
  add(event: LabEvent, wall: number): void {
    this.complete ??= event.seq === 1
    this.times.add(event, wall)
    this.writePending(event)
    switch (event.type) {
      case 'node.added':
      case 'node.changed':
        this.words.addNode(event.node)
        return
      case 'connection.opened':
        this.open(event, wall)
        return
      case 'connection.closed':
        this.close(event.connection, event.node === PROXY, wall)
        return
      case 'packet.carried':
      case 'packet.sent': {
        const { packet: id, kind, from, to, connection, bytes } = event
        const pieces = event.type === 'packet.carried' ? event.pieces : undefined
        const more = { copyOf: originalOf(event) ?? undefined, pieces, edited: false, harms: [] }
        this.expect({ id, kind, from, to, connection, bytes, ...more })
        // An outside program's bytes cross the socket before they are on its link.
        if (event.type === 'packet.carried' || isOutside(from)) this.cross(id, event.at, wall)
        return
      }
      case 'packet.edited': {
        const packet = this.packets.get(event.packet)
        if (packet === undefined) return
        packet.bytes = event.bytes
        packet.kind = event.kind
        packet.edited = true
        return
      }
      case 'packet.read':
      case 'packet.harmed':
      case 'packet.hastened': {
        const { crossing } = this
        const packet =
          crossing?.packet.id === event.packet ? crossing.packet : this.packets.get(event.packet)
        if (packet === undefined) return
        if (event.type === 'packet.read') packet.pieces = event.pieces
        else packet.harms = event.harms
        return
      }
      case 'packet.delivered':
        this.cross(event.packet, event.at, wall)
        return
      case 'packet.dropped':
        this.drop(event.packet, event.at, wall)
        return
      default:
        return
    }
  }

  /** Ends the capture: writes what waited for a next event. */
  finish(): void {
    this.writePending(undefined)
  }

  /**
   * Returns the finished bytes, in order, and forgets them, so that a long capture need not be kept
   * in memory.
   */
  take(): Uint8Array[] {
    return this.blocks.take()
  }

  /** Writes what waited for this event. */
  private writePending(event: LabEvent | undefined): void {
    const { crossing } = this
    const isOfIt =
      (event?.type === 'packet.read' || event?.type === 'packet.harmed') &&
      event.packet === crossing?.packet.id
    if (crossing && !isOfIt) {
      this.crossing = undefined
      this.write(crossing)
    }
    for (const connection of this.closing) {
      // An outside program has just identified itself: its connection is announced again and stays
      // open.
      if (event?.type === 'connection.opened' && event.connection === connection.id) {
        this.closing.delete(connection)
        connection.closed = undefined
      } else if (connection.pending === 0) this.end(connection)
    }
  }

  private expect(packet: PendingPacket): void {
    this.packets.set(packet.id, packet)
    this.connection(packet.connection).pending++
  }

  private cross(id: PacketId, at: SimMs, wall: number): void {
    const packet = this.packets.get(id)
    if (packet === undefined) return
    this.packets.delete(id)
    this.crossing = { packet, at, wall }
  }

  /** A packet was dropped. If a fault has cut it, a part of it has crossed. */
  private drop(id: PacketId, at: SimMs, wall: number): void {
    const packet = this.packets.get(id)
    if (packet === undefined) return
    const through = bytesThrough(packet.harms)
    if (through > 0) {
      packet.bytes = packet.bytes.subarray(0, through)
      this.cross(id, at, wall)
      return
    }
    this.packets.delete(id)
    if (packet.harms.length > 0) {
      this.connection(packet.connection).lost.push(this.words.lost(packet))
    }
    this.done(packet)
  }

  private write(crossing: Crossing): void {
    const { packet } = crossing
    const connection = this.connection(packet.connection)
    if (connection.stream === undefined && this.complete !== true)
      this.openMadeUp(connection, packet)
    if (connection.stream === undefined) connection.early.push(crossing)
    else this.writePieces(connection, connection.stream, crossing)
    this.done(packet)
  }

  private writePieces(connection: CapturedConnection, stream: TcpStream, crossing: Crossing): void {
    const { packet, at, wall } = crossing
    const from = (packet.from === PROXY) === connection.proxyDialled ? 'dialler' : 'acceptor'
    const pieces = piecesOf(packet, at)
    const firstWall = this.times.before(pieces[0]?.at ?? at, at, wall)
    stream.begin(Math.min(firstWall, connection.openedAt ?? firstWall), connection.beginning)
    let begin = 0
    for (const [index, piece] of pieces.entries()) {
      const bytes = packet.bytes.subarray(begin, begin + piece.bytes)
      begin += piece.bytes
      stream.data(from, bytes, this.times.before(piece.at, at, wall), (segment) =>
        this.words.comment(packet, index, pieces, segment),
      )
    }
  }

  /** One packet fewer may still cross. */
  private done(packet: PendingPacket): void {
    const connection = this.connections.get(packet.connection)
    if (connection === undefined) return
    connection.pending--
    // Never opened so far; a later event may still open it.
    const { pending, stream, early } = connection
    if (pending === 0 && !stream && early.length === 0) this.connections.delete(connection.id)
  }

  private open(opened: Opened, wall: number | undefined): void {
    const connection = this.connection(opened.connection)
    if (connection.stream) return
    connection.proxyDialled = opened.from === PROXY
    const stream = new TcpStream(
      this.blocks,
      [endpoint(opened.fromAddress, opened.fromPort), endpoint(opened.toAddress, opened.toPort)],
      connection.id,
    )
    connection.stream = stream
    connection.openedAt = wall
    if (wall !== undefined) {
      const who = `${this.words.name(opened.from)} to ${this.words.name(opened.to)}`
      connection.beginning = `the connection from ${who} was open by this time.`
      // An outside program's connection is announced with its first message, of which earlier parts
      // may have crossed before.
      if (!isOutside(opened.from)) stream.begin(wall, connection.beginning)
    }
    for (const crossing of connection.early.splice(0)) {
      this.writePieces(connection, stream, crossing)
    }
  }

  /** Makes up a connection whose opening is not in the recording. */
  private openMadeUp(connection: CapturedConnection, { from, to, kind }: PendingPacket): void {
    const other = from === PROXY ? to : from
    connection.proxyDialled = kind !== 1 && /^(outside:)?server:/.test(other)
    connection.beginning = `${OPEN_BEFORE} Its addresses and ports are not known, and made up, too.`
    const port = FIRST_MADE_UP_PORT + (connection.id % MADE_UP_PORTS)
    const stream = new TcpStream(
      this.blocks,
      [endpoint(LOOPBACK, port), endpoint(LOOPBACK, MADE_UP_PORT)],
      connection.id,
    )
    connection.stream = stream
  }

  private close(id: ConnectionId, byProxy: boolean, wall: number): void {
    const connection = this.connections.get(id)
    if (connection === undefined) return
    connection.closed = { byProxy, wall }
    this.closing.add(connection)
  }

  private end(connection: CapturedConnection): void {
    this.closing.delete(connection)
    this.connections.delete(connection.id)
    const { stream, closed, proxyDialled, lost } = connection
    if (stream === undefined || closed === undefined) return
    if (connection.openedAt !== undefined) stream.begin(connection.openedAt, connection.beginning)
    stream.end(closed.byProxy === proxyDialled ? 'dialler' : 'acceptor', closed.wall, lost)
  }

  private connection(id: ConnectionId): CapturedConnection {
    const known = this.connections.get(id)
    if (known) return known
    const connection = newConnection(id, OPEN_BEFORE)
    this.connections.set(id, connection)
    return connection
  }
}

const FILE_COMMENT = `A capture made from a recording.
Real: the connections with their addresses and ports, the bytes of the messages that crossed them, in order, and the times.
Made up: the IP and TCP headers (sequence numbers, checksums, window), and the segments that open and close a connection; acknowledgements by themselves are left out.
What an outside program sent is in the pieces in which the proxy read it, at the times of the reads; everything else is at the time of its delivery. Times of pieces are reckoned from simulated time.
A copy made by hand of what an outside program sent has crossed no wire; it is where it was made, and its comment says so.
What faults of links did to a message stands in its comment; a segment that TCP would send twice is here once. What such a fault has swallowed is named where its connection closes.
Left out: what was dropped before it crossed, white space between messages, and of bytes that are no message those after the first 4,096.`

const OPEN_BEFORE = 'the connection was open before the recording begins.'
const LOOPBACK = '127.0.0.1'
const MADE_UP_PORT = 9
const FIRST_MADE_UP_PORT = 10_000
const MADE_UP_PORTS = 50_000

function endpoint(address: string, port: number): IpEndpoint {
  return { address: parseAddress(address) ?? new Uint8Array(4), port }
}

function isOutside(node: string): boolean {
  return node.startsWith('outside:')
}
