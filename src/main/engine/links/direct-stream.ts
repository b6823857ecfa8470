// The stream of a program that has connected to an inside server directly, past the proxy, or of a health check. The server
// answers it; screens do not show it as packets.
import { type NodeId, UNKNOWN_PROGRAM } from '../../../shared/ids'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Lab } from '../lab'
import type { Connection } from '../net/network'
import type { Outgoing } from './in-transit'
import type { StreamUser } from './packet-stream'
import { SocketStream } from './socket-stream'

export class DirectStream<O extends Outgoing> extends SocketStream<O> {
  private hasRead = false

  constructor(
    lab: Lab,
    private readonly server: NodeId,
    connection: Connection,
    user: StreamUser<O>,
  ) {
    super(lab, connection, user, {})
  }

  send({ bytes }: O): void {
    this.connection.write(bytes)
  }

  heldMs(): undefined {
    return undefined
  }

  protected get way(): undefined {
    return undefined
  }

  protected get links(): readonly [] {
    return []
  }

  protected get linksIdle(): boolean {
    return true
  }

  protected count(): void {
    if (this.hasRead) return
    this.hasRead = true
    if (this.lab.connections.isCheck(this.connection.remotePort)) return
    const text = 'A program connected directly, past the proxy: it is served, and not drawn'
    this.lab.journal.emit({ type: 'log', node: this.server, level: 'info', text })
  }

  protected take(item: ScanResult): void {
    this.user.arrived({ item, packet: 0, exchange: 0, from: UNKNOWN_PROGRAM })
  }

  protected completeArrivals(): boolean {
    return true
  }

  protected caughtUp(): void {}
  protected dropAll(): void {}
  protected disconnected(): void {}
}
