// The names by which events, commands and the screen refer to things. All are plain strings or
// numbers, so that they cross a socket or a process boundary as they are.

/** A server's, client's or policy's id as the protocol carries it, written as text (`111` and `"111"` are one). */
export type ProtocolId = string

/** A node on the graph: `proxy`, `client:1`, `server:100`, `outside:client:50`, `outside:server:7`, `outside:unknown`. */
export type NodeId = string

/** A TCP connection, numbered from 1 in the order of opening. */
export type ConnectionId = number

/** A packet (one message on one hop), numbered from 1 in the order of sending. */
export type PacketId = number

/** An exchange (a client's message, all that follows from it, and its answer) has the id of the client's packet. */
export type ExchangeId = PacketId

/** A breakpoint, numbered from 1 in the order of setting. */
export type BreakpointId = number

/** Milliseconds of simulated time since the engine started. */
export type SimMs = number

export const PROXY: NodeId = 'proxy'

/** Where bytes come from that no valid message has put a name to. */
export const UNKNOWN_PROGRAM: NodeId = 'outside:unknown'

export type Role = 'proxy' | 'server' | 'client' | 'unknown'

/** Inside: one of the app's own actors. Outside: a program that joined over a socket. */
export type Origin = 'inside' | 'outside'

export function nodeId(origin: Origin, role: 'server' | 'client', id: ProtocolId): NodeId {
  return origin === 'inside' ? `${role}:${id}` : `outside:${role}:${id}`
}
