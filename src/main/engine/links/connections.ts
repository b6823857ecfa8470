// Connections dialled by inside nodes, and whether both ends are in this process.
import { ChurningMap, ChurningSet } from '../../../shared/churning-map'
import type { CheckId, ConnectionId, NodeId } from '../../../shared/ids'
import type { ErrorCode } from '../../../shared/protocol/errors'
import type { Connection } from '../net/network'
import type { Journal } from '../story/journal'
import { PacketTrack } from './packet-track'

/** A connection dialled by an inside node. */
export class DialledConnection {
  /** Known once the dialler's end is open. */
  ports: { address: string; dialler: number; acceptor: number } | undefined
  /** Names it for the chances of faults (faults.ts, `nameOnLink`). */
  chance: string | undefined

  constructor(
    readonly id: ConnectionId,
    readonly dialler: NodeId,
    readonly acceptor: NodeId,
  ) {}
}

/** Also accepted by an inside node. */
export class InsideConnection extends DialledConnection {
  readonly toAcceptor: PacketTrack
  readonly toDialler: PacketTrack

  constructor(id: ConnectionId, dialler: NodeId, acceptor: NodeId, journal: Journal) {
    super(id, dialler, acceptor)
    this.toAcceptor = new PacketTrack(journal)
    this.toDialler = new PacketTrack(journal)
  }
}

type DiallerEnd = Pick<Connection, 'localPort' | 'localAddress' | 'remoteAddress'>

export class Connections {
  private readonly byPorts = new ChurningMap<string, DialledConnection>()
  /** The inside nodes that listen, by address and port. */
  private readonly listeners = new Map<string, NodeId>()
  private readonly dialling = new ChurningSet<DialledConnection>()
  /** Health checks that a program of this process may answer at once. */
  private readonly checks = new Set<CheckId>()
  /** The port of the proxy's end, of health checks that are open. */
  private readonly checkPorts = new Map<CheckId, number>()

  constructor(private readonly journal: Journal) {}

  /** A dial or a health check is in progress, or a written packet has not been read. */
  get busy(): boolean {
    if (this.dialling.size > 0 || this.checks.size > 0) return true
    for (const connection of this.byPorts.values()) {
      if (!(connection instanceof InsideConnection)) continue
      if (connection.toAcceptor.busy || connection.toDialler.busy) return true
    }
    return false
  }

  checkBegins(check: CheckId): void {
    this.checks.add(check)
  }

  /** It waits for an answer; that of an outside program may take its time. */
  checkOpened(check: CheckId, diallerPort: number, isOutside: boolean): void {
    this.checkPorts.set(check, diallerPort)
    if (isOutside) this.checks.delete(check)
  }

  checkEnded(check: CheckId): void {
    this.checks.delete(check)
    this.checkPorts.delete(check)
  }

  /** Whether a health check was dialled from this port. */
  isCheck(diallerPort: number): boolean {
    for (const port of this.checkPorts.values()) if (port === diallerPort) return true
    return false
  }

  /** An inside node has begun to listen there. */
  listening(address: string, port: number, node: NodeId): void {
    this.listeners.set(endpointOf(address, port), node)
  }

  stoppedListening(address: string, port: number): void {
    this.listeners.delete(endpointOf(address, port))
  }

  /** The inside node that listens on this port of whatever address. */
  listenerOn(port: number): NodeId | undefined {
    for (const [endpoint, node] of this.listeners) {
      if (endpoint.endsWith(`:${port}`)) return node
    }
    return undefined
  }

  /**
   * Numbers a connection that a node is about to dial. A node that dials itself counts as dialling an outside program.
   */
  dial(dialler: NodeId, acceptor: NodeId, address: string, port: number): DialledConnection {
    const id = this.journal.nextConnection()
    const listener = this.listeners.get(endpointOf(address, port))
    const isInside = listener !== undefined && listener !== dialler
    const connection = isInside
      ? new InsideConnection(id, dialler, acceptor, this.journal)
      : new DialledConnection(id, dialler, acceptor)
    this.dialling.add(connection)
    return connection
  }

  /** The dialler's end is open, and the acceptor can find the connection. */
  opened(connection: DialledConnection, socket: DiallerEnd, acceptorPort: number): void {
    const { localPort: diallerPort, localAddress, remoteAddress } = socket
    connection.ports = { address: localAddress, dialler: diallerPort, acceptor: acceptorPort }
    this.dialling.delete(connection)
    this.byPorts.set(keyOf(localAddress, diallerPort, acceptorPort), connection)
    this.journal.emit({
      type: 'connection.opened',
      connection: connection.id,
      from: connection.dialler,
      to: connection.acceptor,
      fromPort: diallerPort,
      toPort: acceptorPort,
      fromAddress: localAddress,
      toAddress: remoteAddress,
    })
  }

  /** Undefined if the dialler is not an inside node. */
  find(
    diallerAddress: string,
    diallerPort: number,
    acceptorPort: number,
  ): DialledConnection | undefined {
    return this.byPorts.get(keyOf(diallerAddress, diallerPort, acceptorPort))
  }

  /**
   * The dialler's end is closed. Unless the connection broke, the acceptor may still have bytes to read, and needs the
   * connection for that.
   */
  closedByDialler(connection: DialledConnection, reason: ErrorCode, broken: boolean): void {
    const isInside = connection instanceof InsideConnection
    if (isInside) connection.toDialler.lost(reason)
    this.dialling.delete(connection)
    if (connection.ports === undefined) {
      if (isInside) connection.toAcceptor.lost(reason)
      return
    }
    const { id, dialler } = connection
    this.journal.emit({ type: 'connection.closed', connection: id, node: dialler })
    if (broken || !isInside) this.closedByAcceptor(connection, reason)
  }

  /** The acceptor's end is closed: packets that it has not read are lost. */
  closedByAcceptor(connection: DialledConnection, reason: ErrorCode): void {
    if (connection instanceof InsideConnection) connection.toAcceptor.lost(reason)
    if (connection.ports === undefined) return
    const { address, dialler, acceptor } = connection.ports
    const key = keyOf(address, dialler, acceptor)
    if (this.byPorts.get(key) === connection) this.byPorts.delete(key)
  }
}

/** A port of one address may be another program's port of the other. */
function keyOf(diallerAddress: string, diallerPort: number, acceptorPort: number): string {
  return `${diallerAddress}:${diallerPort}>${acceptorPort}`
}

function endpointOf(address: string, port: number): string {
  return `${address}:${port}`
}
