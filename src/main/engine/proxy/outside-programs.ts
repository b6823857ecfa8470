// The programs that have joined over a socket: puts each on the graph when its first message arrives, counts its
// connections, and forgets the oldest that have left when there are very many.

import { ChurningMap } from '../../../shared/churning-map'
import type { Node } from '../../../shared/events'
import { type ConnectionId, type NodeId, nodeId, PROXY, UNKNOWN_PROGRAM } from '../../../shared/ids'
import { MAX_OUTSIDE_CLIENTS, MAX_SERVERS } from '../../../shared/limits'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Connection } from '../net/network'
import type { Journal } from '../story/journal'

interface Program {
  node: Node
  connections: number
}

export class OutsidePrograms {
  private readonly programs = new Map<NodeId, Program>()
  private readonly nodeOf = new ChurningMap<ConnectionId, NodeId>()
  private clients = 0

  constructor(private readonly journal: Journal) {}

  has(node: NodeId): boolean {
    return this.programs.has(node)
  }

  /** Changes settings of a program that is on the graph. */
  change(node: NodeId, settings: Partial<Node>): void {
    const program = this.programs.get(node)
    if (program === undefined) return
    program.node = { ...program.node, ...settings }
    this.journal.emit({ type: 'node.changed', node: program.node })
  }

  /** The sender of a message or fault: named by the message, else the connection's sender so far. */
  nodeFor(item: ScanResult, current: NodeId | undefined): NodeId {
    const node = describe(item)
    if (node === undefined) return current ?? this.known(UNKNOWN)
    return this.known(node)
  }

  /** The sender of a registration that is refused: it puts no server on the graph, and changes none. */
  nodeOfRefused(item: ScanResult, current: NodeId | undefined): NodeId {
    const named = describe(item)?.id
    if (named !== undefined && this.programs.has(named)) return named
    return current ?? this.known(UNKNOWN)
  }

  connected(node: NodeId, connection: ConnectionId, socket: Connection): void {
    const program = this.programs.get(node)
    if (program === undefined) return
    program.connections++
    this.nodeOf.set(connection, node)
    this.journal.emit({
      type: 'connection.opened',
      connection,
      from: node,
      to: PROXY,
      fromPort: socket.remotePort,
      toPort: socket.localPort,
      fromAddress: socket.remoteAddress,
      toAddress: socket.localAddress,
    })
  }

  disconnected(connection: ConnectionId): void {
    const node = this.nodeOf.get(connection)
    if (node === undefined) return
    this.nodeOf.delete(connection)
    const program = this.programs.get(node)
    if (program) program.connections--
    this.journal.emit({ type: 'connection.closed', connection, node })
  }

  /** Takes a program off the graph. Its next message puts it back. */
  remove(node: NodeId): void {
    const program = this.programs.get(node)
    if (program === undefined) return
    this.programs.delete(node)
    if (program.node.role !== 'server') this.clients--
    this.journal.emit({ type: 'node.removed', id: node })
  }

  removeAll(): void {
    for (const node of [...this.programs.keys()]) this.remove(node)
  }

  /** Puts a program on the graph, in front of `before`. Returns false where there is no room. */
  add(node: Node, before?: NodeId): boolean {
    if (!this.makeRoom(node)) return false
    // One that was taken off the graph may still have the connections that it had.
    const connections = [...this.nodeOf.values()].filter((id) => id === node.id).length
    this.programs.set(node.id, { node, connections })
    if (node.role !== 'server') this.clients++
    this.journal.emit({ type: 'node.added', node, ...(before !== undefined && { before }) })
    return true
  }

  /** Puts the program on the graph, or brings its node up to date. Returns the node that stands for it. */
  private known(node: Node): NodeId {
    const program = this.programs.get(node.id)
    if (program) {
      if (program.node.policy !== node.policy || program.node.port !== node.port) {
        program.node = { ...program.node, ...node }
        this.journal.emit({ type: 'node.changed', node: program.node })
      }
      // The same string each time: maps find it by identity.
      return program.node.id
    }
    return this.add(node) ? node.id : this.known(UNKNOWN)
  }

  private makeRoom(node: Node): boolean {
    if (node.role === 'unknown') return true
    if (node.role === 'server') return this.programs.size - this.clients < MAX_SERVERS
    if (this.clients < MAX_OUTSIDE_CLIENTS) return true
    for (const [id, program] of this.programs) {
      if (program.node.role === 'client' && program.connections === 0) {
        this.remove(id)
        return true
      }
    }
    return false
  }
}

const UNKNOWN: Node = { id: UNKNOWN_PROGRAM, role: 'unknown', origin: 'outside' }

function describe(item: ScanResult): Node | undefined {
  if (item.kind === 'fault') return undefined
  const { message } = item
  switch (message.type) {
    case 0:
      return {
        id: nodeId('outside', 'client', message.source),
        role: 'client',
        origin: 'outside',
        protocolId: message.source,
        policy: message.policy,
      }
    case 1:
      return {
        id: nodeId('outside', 'server', message.server),
        role: 'server',
        origin: 'outside',
        protocolId: message.server,
        policy: message.policy,
        port: message.listenPort,
      }
    case 2:
      return undefined
  }
}
