// An inside server: listens, registers with the proxy, answers every client's message with the SHA-1 of its payload.
import type { Node } from '../../../shared/events'
import { type NodeId, PROXY, type ProtocolId } from '../../../shared/ids'
import {
  composeAnswer,
  composeErrorAnswer,
  composeRegistration,
} from '../../../shared/protocol/compose'
import { fault } from '../../../shared/protocol/errors'
import { MessageScanner, type Scanned } from '../../../shared/protocol/scanner'
import type { Lab } from '../lab'
import type { Wire } from '../links/inside-connections'
import { Link } from '../links/link'
import type { Connection, Listener } from '../net/network'
import { decodeUtf8 } from '../protocol/utf8'
import { hashOf } from '../protocol/verdict'
import { dialProxy, type Endpoint } from './dial-proxy'

export class ServerActor {
  private listener: Listener | undefined
  private readonly sessions = new Set<ServerSession>()
  private registering: Connection | undefined

  constructor(
    private readonly lab: Lab,
    private readonly proxy: Endpoint,
    public node: Node & { protocolId: ProtocolId; policy: ProtocolId },
  ) {}

  /** Rejects with a PortError where the port cannot be had. Returns the port. */
  async listen(host: string, port: number): Promise<number> {
    this.listener = await this.lab.network.listen({
      host,
      port,
      accept: (connection) => {
        const session = new ServerSession(this.lab, this.node, connection, () =>
          this.sessions.delete(session),
        )
        this.sessions.add(session)
      },
    })
    const { address, port: taken } = this.listener
    this.lab.wires.setListening(address, taken, true)
    return taken
  }

  /** Tells the proxy its id, policy and port; nothing comes back. */
  register(): void {
    const port = this.listener?.port
    if (port === undefined) return
    const { id, protocolId, policy } = this.node
    const bytes = composeRegistration(protocolId, policy, port)
    let received = 0
    const { connection, wire, outbound } = dialProxy(this.lab, id, this.proxy, {
      // Nothing comes back but complaints.
      data: (data) => {
        received += data.length
        wire.toDialler.arrived(received)
      },
      closed: (error) => {
        outbound.drop(error ? 'PROXY_UNREACHABLE' : 'SERVER_REMOVED')
        if (this.registering === connection) this.registering = undefined
        if (error) {
          const text = `Could not register with the proxy: ${error.message}`
          this.lab.journal.emit({ type: 'log', node: id, level: 'error', text })
        }
      },
    })
    this.registering = connection
    outbound.carry({
      kind: 1,
      exchange: 0,
      bytes,
      handOver: (packet, _, written) => {
        wire.toAcceptor.sent(packet, 0, written.length)
        connection.write(written)
        if (outbound.idle) connection.end()
      },
      dropped: () => {
        if (outbound.idle) connection.end()
      },
    })
  }

  async stop(): Promise<void> {
    this.registering?.destroy()
    if (this.listener) {
      this.lab.wires.setListening(this.listener.address, this.listener.port, false)
    }
    const closed = this.listener?.close()
    for (const session of [...this.sessions]) session.destroy()
    await closed
  }
}

/** One connection that the proxy (or anybody else) opened to a server. */
class ServerSession {
  private readonly scanner = new MessageScanner({ decode: decodeUtf8 })
  private wire: Wire | undefined
  private outbound: Link | undefined
  private peerEnded = false

  constructor(
    private readonly lab: Lab,
    private readonly node: { id: NodeId; protocolId: ProtocolId },
    private readonly connection: Connection,
    private readonly onClosed: () => void,
  ) {
    connection.setHandlers({
      data: (bytes) => this.data(bytes),
      ended: () => {
        this.peerEnded = true
        this.endIfDone()
      },
      closed: (error) => this.closed(error !== undefined),
    })
  }

  destroy(): void {
    this.connection.destroy()
  }

  private data(bytes: Uint8Array): void {
    if (this.wire === undefined) {
      const wire = this.attach()
      if (wire) this.outbound = new Link(this.lab, this.node.id, PROXY, wire.connection)
      else this.log('A program connected directly, past the proxy: it is served, and not drawn')
    }
    this.wire?.toAcceptor.came(bytes.length, this.lab.clock.now())
    for (const item of this.scanner.push(bytes)) this.take(item)
    this.wire?.toAcceptor.arrived(this.scanner.received)
  }

  private take(item: Scanned): void {
    const exchange = this.wire?.toAcceptor.taken(item.end)?.exchange ?? 0
    const { kind, bytes } = this.answerTo(item)
    if (this.outbound === undefined) {
      this.connection.write(bytes)
      return
    }
    this.outbound.carry({
      kind,
      exchange,
      bytes,
      handOver: (packet, _, written) => {
        this.wire?.toDialler.sent(packet, exchange, written.length)
        this.connection.write(written)
        this.endIfDone()
      },
      dropped: () => this.endIfDone(),
    })
  }

  private answerTo(item: Scanned): { kind: 2 | 'error'; bytes: Uint8Array } {
    if (item.kind === 'fault') return { kind: 'error', bytes: composeErrorAnswer(0, item.fault) }
    const { message } = item
    if (message.type !== 0) {
      const unexpected = fault('UNEXPECTED_TYPE', 'A server takes messages of type 0.')
      return { kind: 'error', bytes: composeErrorAnswer(0, unexpected) }
    }
    const hash = hashOf(message.payload)
    return { kind: 2, bytes: composeAnswer(this.node.protocolId, message.source, hash) }
  }

  private endIfDone(): void {
    if (this.peerEnded && this.outbound?.idle !== false) this.connection.end()
  }

  private closed(broken: boolean): void {
    const wire = this.attach()
    // Where the proxy hung up, it knows why.
    const reason = wire?.toDialler.overBecause ?? 'SERVER_CLOSED'
    this.outbound?.drop(reason)
    if (wire) {
      this.lab.wires.closedByAcceptor(wire, reason)
      if (broken) wire.toDialler.lost(reason)
    }
    this.onClosed()
  }

  /** Who dialled is known once the dialler's end is open, which may be after ours. */
  private attach(): Wire | undefined {
    this.wire ??= this.lab.wires.find(this.connection.remotePort, this.connection.localPort)
    return this.wire
  }

  private log(text: string): void {
    this.lab.journal.emit({ type: 'log', node: this.node.id, level: 'info', text })
  }
}
