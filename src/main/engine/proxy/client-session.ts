// One connection that somebody opened to the proxy: a client, a server that registers, or a program that has not
// said yet what it is. Reads messages from it, and writes answers to it, across the links.
import type { ConnectionId, ExchangeId, NodeId } from '../../../shared/ids'
import { PROXY } from '../../../shared/ids'
import {
  HALF_SENT_LIMIT_MS,
  LINGER_MS,
  MAX_OUTSTANDING,
  MAX_UNREAD_BYTES,
} from '../../../shared/limits'
import { MessageScanner, type Scanned } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
import { Link } from '../link'
import type { Connection } from '../net/network'
import type { OutsidePrograms } from '../outside-programs'
import { kindOf } from '../packet-kind'
import { decodeUtf8 } from '../utf8'
import type { Wire } from '../wires'
import type { Effect, Input } from './protocol'

export class ClientSession {
  readonly id: ConnectionId
  node: NodeId | undefined
  onClosed: () => void = () => {}

  private readonly scanner = new MessageScanner({ decode: decodeUtf8 })
  private wire: Wire | undefined
  /** To an outside program there is no wire: its packets are held here, at the proxy's edge. */
  private inbound: Link | undefined
  private outbound: Link | undefined
  /** Read, and waiting until fewer answers are due. */
  private readonly unread: Scanned[] = []
  /** Messages taken in and not done with: with the answer written or, for a registration, with the table. */
  private outstanding = 0
  /** Exchanges of an outside program, in order, that are not finished. */
  private readonly unfinished: ExchangeId[] = []
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
      closed: () => this.gone(),
      drained: () => this.updateReading(),
    })
  }

  /** Sends an answer over the link. */
  answer(effect: Extract<Effect, { type: 'answer' }>): void {
    const { exchange, kind, bytes } = effect
    if (this.closed) return
    this.outbound?.carry({
      kind,
      exchange,
      bytes,
      handOver: (packet) => {
        this.connection.write(bytes)
        if (this.wire) this.wire.toDialler.sent(packet, exchange, bytes.length)
        else this.answeredOutside(packet, effect)
        this.done()
      },
    })
  }

  /** No more is read; the connection closes after the answers that are due. */
  closeWhenAnswered(): void {
    this.closing = true
    this.updateReading()
    this.endIfDone()
  }

  destroy(): void {
    this.connection.destroy()
    this.gone()
  }

  private data(bytes: Uint8Array): void {
    if (this.closing) return
    if (this.attach()?.dialler === PROXY) {
      // A server registered the proxy's own port: the message would go round and round.
      this.destroy()
      return
    }
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
    this.updateReading()
  }

  private take(item: Scanned): void {
    this.outstanding++
    if (this.wire) {
      this.meet(this.wire.dialler)
      const passage = this.wire.toAcceptor.arrived(item.end)
      this.pass(item, passage?.exchange ?? 0)
      return
    }
    const node = this.outside.nodeFor(item, this.node)
    this.meet(node)
    const isQuestion = item.kind === 'message' && item.message.type === 0
    this.inbound?.carry({
      kind: kindOf(item),
      exchange: isQuestion ? 'new' : 0,
      bytes: item.bytes,
      sent: (exchange) => {
        if (isQuestion) this.unfinished.push(exchange)
      },
      handOver: (packet, exchange) => {
        this.lab.journal.emit({ type: 'packet.delivered', packet })
        this.pass(item, exchange)
      },
    })
  }

  /** The core takes it from here. */
  private pass(item: Scanned, exchange: ExchangeId): void {
    if (item.kind === 'fault') {
      const { fault, bytes, fatal } = item
      this.tell({ type: 'clientFault', client: this.id, fault, bytes, fatal })
      return
    }
    this.tell({
      type: 'clientMessage',
      client: this.id,
      exchange,
      message: item.message,
      bytes: item.bytes,
      address: this.connection.remoteAddress,
      node: this.node ?? PROXY,
    })
    if (item.message.type === 1) this.done()
  }

  /** One message is done with. */
  private done(): void {
    this.outstanding--
    this.takeIn()
    this.endIfDone()
  }

  /** Who is at the other end is known from its first message on. */
  private meet(node: NodeId): void {
    if (this.node === node) return
    const known = this.node !== undefined
    this.node = node
    if (this.wire) {
      this.outbound = new Link(this.lab, PROXY, node, this.wire.connection)
      return
    }
    if (known) this.outside.disconnected(this.id)
    this.outside.connected(node, this.id, this.connection)
    // What is on its way stays on the links that it was put on.
    this.inbound ??= new Link(this.lab, node, PROXY, this.id)
    this.outbound ??= new Link(this.lab, PROXY, node, this.id)
  }

  private answeredOutside(packet: number, effect: Extract<Effect, { type: 'answer' }>): void {
    const { journal } = this.lab
    journal.emit({ type: 'packet.delivered', packet })
    if (effect.exchange === 0 || this.node === undefined) return
    this.unfinished.shift()
    journal.emit({
      type: 'exchange.finished',
      exchange: effect.exchange,
      client: this.node,
      outcome: effect.kind === 2 ? 'answered' : 'refused',
      server: effect.server,
      reason: effect.reason,
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

  private gone(): void {
    if (this.closed) return
    this.closed = true
    this.stopHalfSentTimer()
    if (this.lingerTimer) this.lab.clock.cancel(this.lingerTimer)
    this.inbound?.drop('CLIENT_LEFT')
    this.outbound?.drop('CLIENT_LEFT')
    const wire = this.attach()
    if (wire) this.lab.wires.closedByAcceptor(wire, 'PROXY_CLOSED')
    this.tell({ type: 'clientClosed', client: this.id })
    const client = this.node
    if (client !== undefined && this.wire === undefined) {
      for (const exchange of this.unfinished.splice(0)) {
        this.lab.journal.emit({
          type: 'exchange.finished',
          exchange,
          client,
          outcome: 'lost',
          server: null,
          reason: 'CLIENT_LEFT',
        })
      }
      this.outside.disconnected(this.id)
    }
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
