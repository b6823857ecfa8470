// The ids used by events, commands and the screen. All are plain strings or numbers, so that they
// cross sockets and process boundaries unchanged.

/** The protocol's id of a server, client or policy, as text (`111` and `"111"` are one). */
export type ProtocolId = string

/** A node on the graph: `proxy`, `client:1`, `server:100`, `outside:client:50`, `outside:server:7`, `outside:unknown`. */
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

export type Role = 'proxy' | 'server' | 'client' | 'unknown'

/** Inside: one of the app's own actors. Outside: a program that joined over a socket. */
export type Origin = 'inside' | 'outside'

export function nodeId(origin: Origin, role: 'server' | 'client', id: ProtocolId): NodeId {
  return origin === 'inside' ? `${role}:${id}` : `outside:${role}:${id}`
}

export function isOutside(node: NodeId): boolean {
  return node.startsWith('outside:')
}
