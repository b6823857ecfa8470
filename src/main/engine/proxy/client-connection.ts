// One connection that somebody opened to the proxy: a client, a server that registers, or a program that has not
// said yet what it is. Reads messages from it, and writes answers to it, across the links.
import type { ConnectionId, ExchangeId, NodeId, PacketId } from '../../../shared/ids'
import { PROXY, UNKNOWN_PROGRAM } from '../../../shared/ids'
import {
  HALF_SENT_LIMIT_MS,
  LINGER_MS,
  MAX_OUTSTANDING,
  MAX_UNREAD_BYTES,
} from '../../../shared/limits'
import type { ErrorCode } from '../../../shared/protocol/errors'
import { MessageScanner, type Scanned } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
import type { Wire } from '../links/inside-connections'
import { Link } from '../links/link'
import { lengthOf, Reads } from '../links/reads'
import type { Connection } from '../net/network'
import { kindOf } from '../protocol/packet-kind'
import { scanWhole } from '../protocol/scan-whole'
import { decodeUtf8 } from '../protocol/utf8'
import { type Verdict, verdictOn, verdictOnHash } from '../protocol/verdict'
import type { OutsidePrograms } from './outside-programs'
import type { Effect, Input } from './protocol'

type Answer = Extract<Effect, { type: 'answer' }>

/** Who asked an outside program's question, and what, as it came from the program. */
interface Asked {
  client: NodeId
  payload: string
}

export class ClientConnection {
  readonly id: ConnectionId
  /**
   * Whose connection it is: the program of its first valid message, whatever ids later messages carry. Each of those
   * belongs to the program that it names.
   */
  node: NodeId | undefined
  onClosed: () => void = () => {}

  private readonly scanner = new MessageScanner({ decode: decodeUtf8 })
  private readonly reads = new Reads()
  private wire: Wire | undefined
  /** To an outside program there is no wire: its packets are held here, at the proxy's edge. */
  private inbound: Link | undefined
  private outbound: Link | undefined
  /** Read, and waiting until fewer answers are due. */
  private readonly unread: Scanned[] = []
  /** Messages taken in and not done with: with the answer written or, for a registration, with the table. */
  private outstanding = 0
  /** Exchanges of outside programs, in order, that are not finished. */
  private readonly unfinished = new Map<ExchangeId, Asked>()
  private halfSentTimer: Timer | undefined
  private lingerTimer: Timer | undefined
  private reading = true
  private takingIn = false
  private peerEnded = false
  private closing = false
  private closed = false

  constructor(
    private readonly lab: Lab,
    private readonly outside: OutsidePrograms,
    private readonly connection: Connection,
    private readonly tell: (input: Input) => void,
  ) {
    this.id = lab.journal.nextConnection()
    connection.setHandlers({
      data: (bytes) => this.data(bytes),
      ended: () => this.ended(),
      closed: () => this.gone('CLIENT_LEFT'),
      drained: () => this.updateReading(),
    })
  }

  /** Sends an answer over the link. */
  answer(effect: Answer): void {
    const { exchange, kind, bytes } = effect
    if (this.closed) return
    let isDone = false
    this.outbound?.carry({
      kind,
      exchange,
      bytes,
      to: this.unfinished.get(exchange)?.client ?? this.node,
      handOver: (packet, _, written) => {
        this.connection.write(written)
        if (this.wire) this.wire.toDialler.sent(packet, exchange, written.length)
        else this.answeredOutside(packet, effect, written)
        // One that is sent twice by hand answers one message.
        if (isDone) this.endIfDone()
        else this.done()
        isDone = true
      },
      dropped: () => {
        if (this.wire) this.wire.toDialler.missing?.(exchange)
        else this.loseOutside(exchange, 'DROPPED_BY_HAND')
        this.done()
      },
    })
  }

  /** A registration is done with. */
  registered(): void {
    this.done()
  }

  /** No more is read; the connection closes after the answers that are due. */
  closeWhenAnswered(): void {
    this.closing = true
    this.updateReading()
    this.endIfDone()
  }

  /** Closes the connection: what is on its links, and what is unanswered, is lost for this reason. */
  destroy(reason: ErrorCode): void {
    this.connection.destroy()
    this.gone(reason)
  }

  private data(bytes: Uint8Array): void {
    if (this.closing) return
    if (this.attach()?.dialler === PROXY) {
      // A server registered the proxy's own port: the message would go round and round.
      this.destroy('PROXY_CLOSED')
      return
    }
    const reads = this.wire?.toAcceptor ?? this.reads
    reads.came(bytes.length, this.lab.clock.now())
    for (const item of this.scanner.push(bytes)) this.unread.push(item)
    this.takeIn()
    this.watchHalfSent()
  }

  /** Who dialled is known once the dialler's end is open, which may be after ours. */
  private attach(): Wire | undefined {
    this.wire ??= this.lab.wires.find(this.connection.remotePort, this.connection.localPort)
    return this.wire
  }

  /** A message that is done with at once lets the next one in: one loop takes them all, however many came. */
  private takeIn(): void {
    if (this.takingIn) return
    this.takingIn = true
    while (this.outstanding < MAX_OUTSTANDING) {
      const item = this.unread.shift()
      if (item === undefined) break
      this.take(item)
    }
    this.takingIn = false
    // What is left is no message by itself: white space, or more of what was faulty.
    if (this.unread.length === 0) this.wire?.toAcceptor.arrived(this.scanner.received)
    this.updateReading()
  }

  private take(item: Scanned): void {
    if (this.wire) {
      this.outstanding++
      this.meet(this.wire.dialler)
      const passage = this.wire.toAcceptor.taken(item.end)
      this.pass(item, passage?.exchange ?? 0, this.senderOf(item, this.wire.dialler))
      return
    }
    const node = this.outside.nodeFor(item, this.node)
    this.meet(node)
    const question = item.kind === 'message' && item.message.type === 0 ? item.message : undefined
    this.inbound?.carry({
      kind: kindOf(item),
      exchange: question ? 'new' : 0,
      bytes: item.bytes,
      from: node,
      pieces: this.reads.take(item.end, lengthOf(item)),
      sent: (exchange) => {
        this.outstanding++
        if (question) this.unfinished.set(exchange, { client: node, payload: question.payload })
      },
      handOver: (packet, exchange, bytes) => {
        this.lab.journal.emit({ type: 'packet.delivered', packet })
        if (bytes === item.bytes) this.pass(item, exchange, node)
        else this.passEdited(bytes, exchange, node)
      },
      dropped: (exchange) => {
        this.loseOutside(exchange, 'DROPPED_BY_HAND')
        this.done()
      },
    })
  }

  /** The core takes it from here. */
  private pass(item: Scanned, exchange: ExchangeId, node: NodeId): void {
    if (item.kind === 'fault') {
      const { fault, bytes, fatal } = item
      this.tell({ type: 'clientFault', client: this.id, exchange, fault, bytes, fatal })
      return
    }
    this.tell({
      type: 'clientMessage',
      client: this.id,
      exchange,
      message: item.message,
      bytes: item.bytes,
      address: this.connection.remoteAddress,
      node,
    })
  }

  /** Who announces itself by a registration that was edited to be one may be anybody. */
  private passEdited(bytes: Uint8Array, exchange: ExchangeId, sender: NodeId): void {
    const [item] = scanWhole(bytes)
    if (item === undefined) return
    this.pass(item, exchange, isRegistration(item) ? this.outside.nodeFor(item, sender) : sender)
  }

  /** An inside client sends a registration only where its question was edited: the server is some other program. */
  private senderOf(item: Scanned, dialler: NodeId): NodeId {
    if (!isRegistration(item)) return dialler
    const isClient = this.lab.journal.state.nodes.get(dialler)?.role === 'client'
    return isClient ? this.outside.nodeFor(item, undefined) : dialler
  }

  /** One message is done with. */
  private done(): void {
    this.outstanding--
    this.takeIn()
    this.endIfDone()
  }

  /** Who is at the other end is known from its first valid message on. */
  private meet(node: NodeId): void {
    if (this.node === node) return
    if (this.node !== undefined && this.node !== UNKNOWN_PROGRAM) return
    const known = this.node !== undefined
    this.node = node
    if (this.wire) {
      this.outbound = new Link(this.lab, PROXY, node, this.wire.connection)
      return
    }
    if (known) this.outside.disconnected(this.id)
    this.outside.connected(node, this.id, this.connection)
    // One link a direction, whoever the packets on it belong to: that keeps them in order.
    this.inbound ??= new Link(this.lab, node, PROXY, this.id)
    this.outbound ??= new Link(this.lab, PROXY, node, this.id)
  }

  /** `written`: the answer's bytes, or what they were edited to. */
  private answeredOutside(packet: PacketId, effect: Answer, written: Uint8Array): void {
    const { journal } = this.lab
    const { exchange, bytes, payload } = effect
    journal.emit({ type: 'packet.delivered', packet })
    const asked = this.unfinished.get(exchange)
    if (asked === undefined) return
    this.unfinished.delete(exchange)
    const { client } = asked
    let verdict: Verdict
    if (written !== bytes) verdict = verdictOn(scanWhole(written)[0], asked.payload)
    else verdict = payload === null ? 'error' : verdictOnHash(payload, asked.payload)
    journal.emit({ type: 'answer.verified', exchange, packet, node: client, verdict })
    journal.emit({
      type: 'exchange.finished',
      exchange,
      client,
      outcome: effect.kind === 2 ? 'answered' : 'refused',
      server: effect.server,
      reason: effect.reason,
    })
  }

  private loseOutside(exchange: ExchangeId, reason: ErrorCode): void {
    const client = this.unfinished.get(exchange)?.client
    if (client === undefined) return
    this.unfinished.delete(exchange)
    this.lab.journal.emit({
      type: 'exchange.finished',
      exchange,
      client,
      outcome: 'lost',
      server: null,
      reason,
    })
  }

  private ended(): void {
    this.peerEnded = true
    const half = this.scanner.giveUp()
    if (half) {
      this.unread.push(half)
      this.takeIn()
    }
    this.watchHalfSent()
    this.endIfDone()
  }

  private endIfDone(): void {
    if (!this.peerEnded && !this.closing) return
    if (this.outstanding > 0 || this.unread.length > 0) return
    if (this.inbound?.idle === false || this.outbound?.idle === false) return
    this.connection.end()
    if (this.closing) this.linger()
  }

  /** Closing at once would destroy the answer on its way; a peer that goes on sending is not waited for long. */
  private linger(): void {
    this.connection.resume()
    this.lingerTimer ??= this.lab.clock.schedule(LINGER_MS, () => this.connection.destroy())
  }

  private gone(reason: ErrorCode): void {
    if (this.closed) return
    this.closed = true
    this.stopHalfSentTimer()
    if (this.lingerTimer) this.lab.clock.cancel(this.lingerTimer)
    this.inbound?.drop(reason)
    this.outbound?.drop(reason)
    const wire = this.attach()
    if (wire) this.lab.wires.closedByAcceptor(wire, 'PROXY_CLOSED')
    this.tell({ type: 'clientClosed', client: this.id })
    for (const exchange of [...this.unfinished.keys()]) this.loseOutside(exchange, reason)
    this.outside.disconnected(this.id)
    this.onClosed()
  }

  /** A peer that does not read its answers, or asks faster than it is answered, has to wait. */
  private updateReading(): void {
    const wanted =
      !this.closing &&
      this.unread.length === 0 &&
      this.outstanding < MAX_OUTSTANDING &&
      this.connection.unsentBytes <= MAX_UNREAD_BYTES
    if (wanted === this.reading) return
    this.reading = wanted
    if (wanted) this.connection.resume()
    else this.connection.pause()
    this.watchHalfSent()
  }

  /** A sender that falls silent within a message, while the proxy would read on, is told and given up. */
  private watchHalfSent(): void {
    this.stopHalfSentTimer()
    if (!this.reading || this.scanner.pendingBytes === 0) return
    this.halfSentTimer = this.lab.clock.schedule(HALF_SENT_LIMIT_MS, () => {
      this.halfSentTimer = undefined
      const half = this.scanner.giveUp()
      if (half) this.unread.push(half)
      this.takeIn()
    })
  }

  private stopHalfSentTimer(): void {
    if (this.halfSentTimer) this.lab.clock.cancel(this.halfSentTimer)
    this.halfSentTimer = undefined
  }
}

function isRegistration(item: Scanned): boolean {
  return item.kind === 'message' && item.message.type === 1
}
