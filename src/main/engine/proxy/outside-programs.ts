// The programs that have joined over a socket: puts each on the graph when its first message arrives, counts its
// connections, and forgets the oldest that have left when there are very many.

import { ChurningMap } from '../../../shared/churning-map'
import type { Node } from '../../../shared/events'
import {
  type ConnectionId,
  type Machine,
  machineOf,
  type NodeId,
  nodeId,
  PROXY,
  unknownProgram,
} from '../../../shared/ids'
import { MAX_OUTSIDE_CLIENTS, MAX_SERVERS } from '../../../shared/limits'
import type { ScanResult } from '../../../shared/protocol/scanner'
import {
  MAX_CLIENTS_OF_MACHINE,
  MAX_GUEST_CLIENTS,
  MAX_SERVERS_OF_MACHINE,
} from '../../../shared/room/guest-limits'
import type { Guests } from '../guests/guests'
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

  /** `guests`: those of them that join from the room. */
  constructor(
    private readonly journal: Journal,
    readonly guests: Guests,
  ) {}

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
  nodeFor(item: ScanResult, current: NodeId | undefined, machine?: Machine): NodeId {
    const node = describe(item, machine)
    if (node === undefined) return current ?? this.unknown(machine)
    return this.known(node)
  }

  /** The sender of a registration that is refused: it puts no server on the graph, and changes none. */
  nodeOfRefused(item: ScanResult, current: NodeId | undefined, machine?: Machine): NodeId {
    const named = describe(item, machine)?.id
    if (named !== undefined && this.programs.has(named)) return named
    return current ?? this.unknown(machine)
  }

  /** Whether this machine of the room has as many servers on the graph as it may. */
  isFullOfServers(machine: Machine): boolean {
    return this.ofMachine(machine, 'server') >= MAX_SERVERS_OF_MACHINE
  }

  /** The nodes of programs of this machine of the room, or of all. */
  guestNodes(machine?: Machine): NodeId[] {
    return [...this.programs.keys()].filter((id) => {
      const its = machineOf(id)
      return its !== undefined && (machine === undefined || its === machine)
    })
  }

  /** Other people are known at some machines: their nodes are marked with the new names. */
  renameGuests(): void {
    for (const [id, { node }] of this.programs) {
      const group = this.groupOf(id)
      if (group !== undefined && group !== node.group) this.change(id, { group })
    }
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
    const group = this.groupOf(node.id)
    const marked = group === undefined ? node : { ...node, group }
    return this.add(marked) ? node.id : this.unknown(machineOf(node.id))
  }

  private unknown(machine: Machine | undefined): NodeId {
    return this.known({ id: unknownProgram(machine), role: 'unknown', origin: 'outside' })
  }

  private groupOf(node: NodeId): string | undefined {
    const machine = machineOf(node)
    return machine === undefined ? undefined : this.guests.nameOf(machine)
  }

  private ofMachine(machine: Machine | undefined, role: Node['role']): number {
    let count = 0
    for (const [id, { node }] of this.programs) {
      const its = machineOf(id)
      if (node.role === role && its !== undefined && (machine ?? its) === its) count++
    }
    return count
  }

  private makeRoom({ id, role }: Node): boolean {
    if (role === 'unknown') return true
    const machine = machineOf(id)
    if (role === 'server') {
      if (machine !== undefined && this.isFullOfServers(machine)) return false
      return this.programs.size - this.clients < MAX_SERVERS
    }
    if (machine !== undefined && this.ofMachine(machine, 'client') >= MAX_CLIENTS_OF_MACHINE) {
      return this.forgetOldest((its) => its === machine)
    }
    if (machine !== undefined && this.ofMachine(undefined, 'client') >= MAX_GUEST_CLIENTS) {
      return this.forgetOldest((its) => its !== undefined)
    }
    return this.clients < MAX_OUTSIDE_CLIENTS || this.forgetOldest(() => true)
  }

  /** Takes the oldest client that has left off the graph; false if none of these machines' has. */
  private forgetOldest(isOf: (machine: Machine | undefined) => boolean): boolean {
    for (const [id, { node, connections }] of this.programs) {
      if (node.role !== 'client' || connections > 0 || !isOf(machineOf(id))) continue
      this.remove(id)
      return true
    }
    return false
  }
}

function describe(item: ScanResult, machine: Machine | undefined): Node | undefined {
  if (item.kind === 'fault') return undefined
  const { message } = item
  switch (message.type) {
    case 0:
      return {
        id: nodeId('outside', 'client', message.source, machine),
        role: 'client',
        origin: 'outside',
        protocolId: message.source,
        policy: message.policy,
      }
    case 1:
      return {
        id: nodeId('outside', 'server', message.server, machine),
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
