// A connection in a capture, its packets that may still cross, and how much of each crosses in which pieces.
import type { Piece } from '../events'
import type { ConnectionId, SimMs } from '../ids'
import type { Harm } from '../link-fault'
import type { CapturedPacket } from './packet-comments'
import type { TcpStream } from './tcp-stream'

/** A packet whose bytes have not crossed the socket yet, as far as the events tell. */
export interface PendingPacket extends CapturedPacket {
  connection: ConnectionId
  bytes: Uint8Array
  pieces: readonly Piece[] | undefined
}

/** A packet that crossed at this time. */
export interface Crossing {
  packet: PendingPacket
  at: SimMs
  wall: number
}

export interface CapturedConnection {
  id: ConnectionId
  /** Undefined until an event tells both ends. */
  stream: TcpStream | undefined
  /** Real time of the event that opened it, if any, and the comment on its first segments. */
  openedAt: number | undefined
  beginning: string
  proxyDialled: boolean
  /** Packets that crossed before the stream was known, in order. */
  early: Crossing[]
  /** Number of packets that may still cross. */
  pending: number
  closed: { byProxy: boolean; wall: number } | undefined
  /** What faults did to packets of which no byte has crossed. */
  lost: string[]
}

export function newConnection(id: ConnectionId, beginning: string): CapturedConnection {
  return {
    id,
    stream: undefined,
    openedAt: undefined,
    beginning,
    proxyDialled: false,
    early: [],
    pending: 0,
    closed: undefined,
    lost: [],
  }
}

/** How many bytes a fault let through that has cut the packet. */
export function bytesThrough(harms: readonly Harm[]): number {
  return harms.find(({ fault }) => fault === 'limit-data')?.count ?? 0
}

/** Returns the pieces if they are known and fit these bytes; otherwise one piece. */
export function piecesOf({ bytes, pieces }: PendingPacket, at: SimMs): readonly Piece[] {
  const known = pieces?.reduce((sum, piece) => sum + piece.bytes, 0)
  if (pieces && known === bytes.length) return pieces
  return [{ bytes: bytes.length, of: bytes.length, at }]
}
