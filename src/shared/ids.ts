// The ids used by events, commands and the screen. All are plain strings or numbers, so that they
// cross sockets and process boundaries unchanged.

/** The protocol's id of a server, client or policy, as text (`111` and `"111"` are one). */
export type ProtocolId = string

/**
 * A node on the graph: `proxy`, `client:1`, `server:100`, `outside:client:50`, `outside:server:7`, `outside:unknown`. Of a
 * program on another machine of the room: `outside:[192.168.1.7]client:50`.
 */
export type NodeId = string

/** A TCP connection, numbered from 1 in the order of opening. */
export type ConnectionId = number

/** A packet (one message on one hop), numbered from 1 in the order of sending. */
export type PacketId = number

/** An exchange has the id of the client's packet that began it. */
export type ExchangeId = PacketId

/** A breakpoint, numbered from 1 in the order of setting. */
export type BreakpointId = number

/** A fault on a link, numbered from 1 in the order of setting. */
export type FaultId = number

/** A bookmark, numbered from 1. */
export type BookmarkId = number

/** A health check of the proxy's own, numbered from 1 in the order of sending. */
export type CheckId = number

/** Milliseconds of simulated time since the engine started. */
export type SimMs = number

export const PROXY: NodeId = 'proxy'

/** The sender of bytes before any valid message has identified it. */
export const UNKNOWN_PROGRAM: NodeId = 'outside:unknown'

/** The address of a machine from which programs of the room have joined. */
export type Machine = string

export type Role = 'proxy' | 'server' | 'client' | 'unknown'

/** Inside: one of the app's own actors. Outside: a program that joined over a socket. */
export type Origin = 'inside' | 'outside'

/** `machine`: of a program that has joined from the room. */
export function nodeId(
  origin: Origin,
  role: 'server' | 'client',
  id: ProtocolId,
  machine?: Machine,
): NodeId {
  return origin === 'inside' ? `${role}:${id}` : `${outsideOf(machine)}${role}:${id}`
}

/** Stands for the programs of this machine that no valid message has identified. */
export function unknownProgram(machine: Machine | undefined): NodeId {
  return machine === undefined ? UNKNOWN_PROGRAM : `${outsideOf(machine)}unknown`
}

export function isUnknownProgram(node: NodeId): boolean {
  return node === UNKNOWN_PROGRAM || /^outside:\[[^\]]+\]unknown$/.test(node)
}

export function isOutside(node: NodeId): boolean {
  return node.startsWith('outside:')
}

/** Undefined for a node that has not joined from the room. */
export function machineOf(node: NodeId): Machine | undefined {
  return /^outside:\[([^\]]+)\]/.exec(node)?.[1]
}

/** The id of a node of the room as it would be on this machine. */
export function withoutMachine(node: NodeId): NodeId {
  return node.replace(/^outside:\[[^\]]+\]/, 'outside:')
}

function outsideOf(machine: Machine | undefined): string {
  return machine === undefined ? 'outside:' : `outside:[${machine}]`
}
