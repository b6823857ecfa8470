// What all parts of the accounting relay write to: the ledger of its events and the figures, and how they tell of a packet.
import type net from 'node:net'
import { RelayFigures } from './relay-figures'
import { KIND, type Open, RelayLedger } from './relay-ledger'
import { type Fields, readMessages } from './relay-messages'
import { readFrom } from './relay-sockets'

/** A message that waits for its answer. */
export interface Exchange extends Open {
  readonly from: Asker
  /** Its place among the questions of its connection. */
  readonly turn: number
  readonly source: string
  readonly payload: string
  readonly policy: number
  /** What is still to be passed on: the question, then the answer. */
  message: Uint8Array
  /** An error answer was sent in place of the server's. */
  isOver: boolean
}

interface Asker {
  /** An answer has come, or is given in place of one. */
  answer(exchange: Exchange, answer: Uint8Array, isAnswered: boolean): void
}

/** Those that have open messages, which a keyframe tells. */
export const holders: { readonly open: readonly Open[] }[] = []
export const figures = new RelayFigures()
export const ledger = new RelayLedger(figures, () => holders.flatMap(({ open }) => open))
/** What a person may set at any time. The benchmark sets none, and each packet asks. */
const held = { breakpoints: 0, latencyMs: 0 }
/** Connections that have sent a part of a message, and since when. */
export const halfSent = new Map<net.Socket, number>()
let connections = 0

export function nextConnection(): number {
  return ++connections
}

/** A packet is sent and, unless somebody holds it, delivered. `read`: the bytes of the read that brought it. */
export function pass(
  kind: number,
  connection: number,
  exchange: number,
  own: number,
  read: number,
): number {
  const packet = ledger.sent(kind, connection, exchange)
  if (read !== own) ledger.row(KIND.read, own, packet, read)
  if (held.breakpoints > 0 || held.latencyMs > 0) throw new Error('The benchmark holds no packet.')
  ledger.row(KIND.delivered, 0, packet, 0)
  return packet
}

/** Calls back with each message of a socket, and notes whether a part of one is left. */
export function readFully(
  socket: net.Socket,
  take: (message: Buffer, fields: Fields, read: number) => void,
): void {
  readFrom(socket, (bytes) => {
    ledger.now = performance.now()
    const { length } = bytes
    const rest = readMessages(bytes, (message, fields) => take(message, fields, length))
    if (rest === length) {
      if (halfSent.size > 0) halfSent.delete(socket)
    } else if (rest > 0 || !halfSent.has(socket)) halfSent.set(socket, ledger.now)
    return rest
  })
}

/** A connection has ended. */
export function noteClosed(socket: net.Socket, connection: number): void {
  halfSent.delete(socket)
  ledger.makeRoom(0)
  ledger.now = performance.now()
  ledger.row(KIND.closed, connection, 0, 0)
}
