// One connection that the proxy opened to a server: carries messages to it and reads its answers.
import type { ExchangeId, NodeId } from '../../../shared/ids'
import { PROXY } from '../../../shared/ids'
import { type ErrorCode, fault } from '../../../shared/protocol/errors'
import { MessageScanner, type Scanned } from '../../../shared/protocol/scanner'
import type { Lab } from '../lab'
import type { Wire } from '../links/inside-connections'
import { Link } from '../links/link'
import { lengthOf, Reads } from '../links/reads'
import type { Connection, NetworkError } from '../net/network'
import { kindOf } from '../protocol/packet-kind'
import { scanWhole } from '../protocol/scan-whole'
import { decodeUtf8 } from '../protocol/utf8'
import type { Input, UpstreamId } from './protocol'

interface UpstreamTarget {
  id: UpstreamId
  node: NodeId
  address: string
  port: number
  /** The server is one of the app's own actors: it holds its own packets on its own link. */
  inside: boolean
}

export class ServerConnection {
  private readonly connection: Connection
  private readonly scanner = new MessageScanner({ decode: decodeUtf8 })
  private readonly reads = new Reads()
  private readonly wire: Wire
  private readonly outbound: Link
  private readonly inbound: Link
  /** Exchanges forwarded and not answered, in order. */
  private readonly asked: ExchangeId[] = []
  private opened = false
  private finished = false
  private serverEnded = false
  /** It has sent more than it was asked for: the rest is not read. */
  private surplus = false
  /** Why what has not arrived by the end is lost. */
  private lostBecause: ErrorCode = 'SERVER_CLOSED'

  constructor(
    private readonly lab: Lab,
    private readonly target: UpstreamTarget,
    private readonly tell: (input: Input) => void,
  ) {
    this.wire = lab.wires.create(PROXY, target.node)
    this.outbound = new Link(lab, PROXY, target.node, this.wire.connection)
    this.inbound = new Link(lab, target.node, PROXY, this.wire.connection)
    this.connection = lab.network.dial({
      host: target.address,
      port: target.port,
      handlers: {
        opened: () => this.onOpened(),
        data: (bytes) => this.onData(bytes),
        ended: () => this.onEnded(),
        closed: (error) => this.onClosed(error),
      },
    })
  }

  /** Sends a client's message over the link. */
  forward(exchange: ExchangeId, bytes: Uint8Array): void {
    this.asked.push(exchange)
    this.outbound.carry({
      kind: 0,
      exchange,
      bytes,
      handOver: (packet, _, written) => {
        this.connection.write(written)
        if (this.target.inside) this.wire.toAcceptor.sent(packet, exchange, written.length)
        else this.lab.journal.emit({ type: 'packet.delivered', packet })
        this.tell({ type: 'forwarded', upstream: this.target.id, exchange })
      },
      // The proxy has sent it, for all that it knows, and waits for the answer.
      dropped: () => this.tell({ type: 'forwarded', upstream: this.target.id, exchange }),
    })
  }

  /** The core is done with it: what is still on the links is lost. */
  hangUp(reason: ErrorCode): void {
    if (this.finished) return
    this.finished = true
    this.lostBecause = reason
    this.outbound.drop(reason)
    this.inbound.drop(reason)
    this.wire.toDialler.lost(reason)
    this.connection.destroy()
  }

  private onOpened(): void {
    this.opened = true
    this.lab.wires.opened(this.wire, this.connection, this.target.port)
    if (!this.finished) this.tell({ type: 'upstreamOpened', upstream: this.target.id })
  }

  private onData(bytes: Uint8Array): void {
    if (this.finished) return
    const reads = this.target.inside ? this.wire.toDialler : this.reads
    reads.came(bytes.length, this.lab.clock.now())
    for (const item of this.scanner.push(bytes)) this.take(item)
    if (this.target.inside) this.wire.toDialler.arrived(this.scanner.received)
  }

  private take(item: Scanned): void {
    if (this.surplus) return
    const exchange = this.asked.shift()
    if (this.target.inside) {
      this.wire.toDialler.taken(item.end)
      this.pass(item)
      return
    }
    if (exchange === undefined) {
      // One such ends the connection when the link hands it over: the rest of a flood need not be held until then.
      this.surplus = true
      this.connection.pause()
    }
    this.inbound.carry({
      kind: kindOf(item),
      exchange: exchange ?? 0,
      bytes: item.bytes,
      pieces: this.reads.take(item.end, lengthOf(item)),
      handOver: (packet, _, bytes) => {
        this.lab.journal.emit({ type: 'packet.delivered', packet })
        if (exchange === undefined) this.passSurplus()
        else this.pass(bytes === item.bytes ? item : (scanWhole(bytes)[0] ?? item))
        this.passEnd()
      },
      dropped: () => {
        if (exchange === undefined) this.readOn()
        this.passEnd()
      },
    })
  }

  /** What was too much is gone. */
  private readOn(): void {
    this.surplus = false
    this.connection.resume()
  }

  /** By then a question may wait again: this is not the answer to it. */
  private passSurplus(): void {
    if (this.finished) return
    const unasked = fault('SERVER_BAD_ANSWER', 'It sent an answer that nobody asked for.')
    this.tell({ type: 'upstreamFault', upstream: this.target.id, fault: unasked })
  }

  private pass(item: Scanned): void {
    if (this.finished) return
    const upstream = this.target.id
    if (item.kind === 'fault') this.tell({ type: 'upstreamFault', upstream, fault: item.fault })
    else {
      const { message, bytes } = item
      this.tell({ type: 'upstreamMessage', upstream, message, bytes })
    }
  }

  private onEnded(): void {
    this.serverEnded = true
    const half = this.finished ? undefined : this.scanner.giveUp()
    if (half) this.take(half)
    this.passEnd()
  }

  /** The end of the stream comes after what is still on the link. */
  private passEnd(): void {
    if (this.finished || !this.serverEnded || !this.inbound.idle) return
    this.tell({ type: 'upstreamClosed', upstream: this.target.id })
    this.hangUp('SERVER_CLOSED')
  }

  private onClosed(error: NetworkError | undefined): void {
    // An outside server knows nothing of wires: nobody will look for this one.
    const isOver = error !== undefined || !this.target.inside
    this.lab.wires.closedByDialler(this.wire, this.lostBecause, isOver)
    if (this.opened) {
      if (!this.serverEnded) this.onEnded()
      return
    }
    if (this.finished) return
    this.finished = true
    const message = error?.message ?? 'the connection closed before it was open'
    this.tell({ type: 'upstreamRefused', upstream: this.target.id, message })
  }
}
