// What was seen on the sockets of an outside program, as an event tells it.
import type { ConnectionId, NodeId } from './ids'
import type { Unknown } from './settings/setting'

type SocketFact =
  | 'reset'
  | 'refused'
  | 'listens'
  | 'after answer'
  | 'answers newline'
  | 'answers end'

/**
 * What an outside program did on a socket, where no other event tells it. Not all of it is on a connection.
 * reset: it broke the connection off. refused: nothing listens on its port, also not a second after it registered.
 * listens: it does listen there instead. after answer: it sent this after its answer. answers newline, answers end: it
 * answered when it was given that, after its time was over.
 */
export interface SocketNoted {
  type: 'socket.noted'
  node: NodeId
  what: SocketFact | Unknown
  connection?: ConnectionId
  /** On this connection: the bytes that were sent to it, and that came from it. */
  written?: number
  read?: number
  /** It had ended its own direction before. */
  ended?: boolean
  /** The real time for which it had got and sent nothing on this connection before it ended or broke it off. */
  idleMs?: number
  /** A moment later nobody listens on its port any more: the program has ended. */
  hasEnded?: boolean
  address?: string
  port?: number
  /** The bytes that it is about, in hex, the first of them, and how many there were. */
  hex?: string
  size?: number
}
