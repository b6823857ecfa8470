// An inside server: listens, and registers with the proxy.
import type { Node } from '../../../shared/events'
import { PROXY, type ProtocolId } from '../../../shared/ids'
import { composeRegistration } from '../../../shared/protocol/compose'
import type { Lab } from '../lab'
import { dialStream, type Endpoint } from '../links/open-stream'
import type { PacketStream } from '../links/packet-stream'
import type { Listener } from '../net/network'
import { ServerSession } from './server-session'

export class ServerActor {
  private listener: Listener | undefined
  private readonly sessions = new Set<ServerSession>()
  private registering: PacketStream | undefined

  constructor(
    private readonly lab: Lab,
    private readonly proxy: Endpoint,
    public node: Node & { protocolId: ProtocolId; policy: ProtocolId },
  ) {}

  /** Returns the port. Rejects with a PortError if the port is not available. */
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
    this.lab.connections.listening(address, taken, this.node.id)
    return taken
  }

  /** Sends the proxy its id, policy and port. The proxy answers only with complaints. */
  register(): void {
    const port = this.listener?.port
    if (port === undefined) return
    const { id, protocolId, policy } = this.node
    const bytes = composeRegistration(protocolId, policy, port)
    const endIfIdle = () => {
      if (stream.idle) stream.end()
    }
    const stream = dialStream(this.lab, id, PROXY, this.proxy, {
      written: endIfIdle,
      dropped: endIfIdle,
      arrived: () => {},
      ended: () => stream.end(),
      closed: (error) => {
        if (this.registering === stream) this.registering = undefined
        if (error) {
          const text = `Could not register with the proxy: ${error.message}`
          this.lab.journal.emit({ type: 'log', node: id, level: 'error', text })
        }
      },
      lossReasons: (error) =>
        error
          ? { sent: 'PROXY_UNREACHABLE', unread: 'PROXY_UNREACHABLE' }
          : { sent: 'SERVER_REMOVED', unread: 'SERVER_REMOVED' },
    })
    this.registering = stream
    stream.send({ kind: 1, exchange: 0, bytes })
  }

  async stop(): Promise<void> {
    this.registering?.destroy('SERVER_REMOVED')
    if (this.listener) {
      this.lab.connections.stoppedListening(this.listener.address, this.listener.port)
    }
    const closed = this.listener?.close()
    for (const session of [...this.sessions]) session.destroy('SERVER_REMOVED')
    await closed
  }
}
