// The rows of the few kinds of events that a busy lab mostly consists of, written field by field. A loop over their entries
// in event-table.ts writes the same bytes (a test compares them) and takes several times as long: it looks each field up
// by its name.
import type { Sending } from '../carried'
import type { Reason } from '../decision/reason'
import type { EventType, LabEvent, Piece } from '../events'
import type { ProtocolId, SimMs } from '../ids'
import { indexOf, KINDS } from './event-kinds'
import { type JsonBytes, MAX_NUMBER_BYTES, putNumber, putText } from './json-bytes'

type EventOf<T extends EventType> = Extract<LabEvent, { type: T }>

const COMMA = ','.charCodeAt(0)

const CARRIED = indexOf('packet.carried')
const SENT = indexOf('packet.sent')
const DELIVERED = indexOf('packet.delivered')
const READ = indexOf('packet.read')
const DECISION = indexOf('decision.made')
const VERIFIED = indexOf('answer.verified')
const FINISHED = indexOf('exchange.finished')
const OPENED = indexOf('connection.opened')
const CLOSED = indexOf('connection.closed')

const FIELDS = [
  [CARRIED, 8],
  [SENT, 9],
  [DELIVERED, 1],
  [READ, 2],
  [DECISION, 15],
  [VERIFIED, 4],
  [FINISHED, 5],
  [OPENED, 7],
  [CLOSED, 2],
] as const

/** Whether these kinds have the fields that are written here, and no others. */
export const ARE_FIELDS_KNOWN = FIELDS.every(([kind, count]) => KINDS[kind]?.names.length === count)

const encoder = new TextEncoder()

/** What stands before the values of a piece that is the only one; the compiler asks for all of its fields. */
const ONE_PIECE: Readonly<Record<keyof Piece, Uint8Array>> = {
  bytes: encoder.encode(',[{"bytes":'),
  of: encoder.encode(',"of":'),
  at: encoder.encode(',"at":'),
}
const AFTER_ONE_PIECE = encoder.encode('}]')
/** More than all of these. */
const ONE_PIECE_BYTES = 64
/** In place of a field that is omitted. */
const NULL = encoder.encode(',null')

type Turn = Extract<Reason, { by: 'round-robin' }>
/** The ends of decisions, by the server whose turn it was. */
const turnEnds = new Map<ProtocolId, Uint8Array>()
const MOST_TURN_ENDS = 4_096

/** Times are whole microseconds (the journal's are), and whole numbers are written faster than fractions. */
export function microseconds(time: SimMs): number {
  return Math.round(time * 1000)
}

export function writeCarried(rows: JsonBytes, event: EventOf<'packet.carried'>): void {
  const kind = rows.bytesOf(event.kind)
  const from = rows.bytesOf(event.from)
  const to = rows.bytesOf(event.to)
  const bytes = rows.room(sizeOf(6) + kind.length + from.length + to.length + 3 + NULL.length)
  let at = putNumber(bytes, rows.length, CARRIED)
  at = putSentPacket(bytes, at, event, kind, from, to)
  at = putNextNumber(bytes, at, event.bytes.length)
  const { pieces } = event
  rows.length = pieces === undefined ? putText(bytes, at, NULL) : at
  if (pieces !== undefined) writeNextPieces(rows, pieces)
}

export function writeSent(rows: JsonBytes, event: EventOf<'packet.sent'>): void {
  const kind = rows.bytesOf(event.kind)
  const from = rows.bytesOf(event.from)
  const to = rows.bytesOf(event.to)
  const copyOf = rows.bytesOf(event.copyOf)
  const bytes = rows.room(sizeOf(7) + kind.length + from.length + to.length + copyOf.length + 4)
  let at = putNumber(bytes, rows.length, SENT)
  at = putSentPacket(bytes, at, event, kind, from, to)
  at = putNextTime(bytes, at, event.dueAt)
  at = putNextNumber(bytes, at, event.bytes.length)
  rows.length = putNextText(bytes, at, copyOf)
}

/** The fields with which both rows of a packet that is sent begin. */
function putSentPacket(
  bytes: Uint8Array,
  at: number,
  { at: time, packet, exchange, connection }: Sending,
  kind: Uint8Array,
  from: Uint8Array,
  to: Uint8Array,
): number {
  let next = putNextTime(bytes, at, time)
  next = putNextNumber(bytes, next, packet)
  next = putNextNumber(bytes, next, exchange)
  next = putNextText(bytes, next, kind)
  next = putNextText(bytes, next, from)
  next = putNextText(bytes, next, to)
  return putNextNumber(bytes, next, connection)
}

export function writeDelivered(rows: JsonBytes, event: EventOf<'packet.delivered'>): void {
  const bytes = rows.room(sizeOf(3))
  let at = putNumber(bytes, rows.length, DELIVERED)
  at = putNextTime(bytes, at, event.at)
  rows.length = putNextNumber(bytes, at, event.packet)
}

export function writeRead(rows: JsonBytes, event: EventOf<'packet.read'>): void {
  const bytes = rows.room(sizeOf(3))
  let at = putNumber(bytes, rows.length, READ)
  at = putNextTime(bytes, at, event.at)
  rows.length = putNextNumber(bytes, at, event.packet)
  writeNextPieces(rows, event.pieces)
}

/** `candidates`: the place of the list that events share. */
export function writeDecision(
  rows: JsonBytes,
  event: EventOf<'decision.made'>,
  candidates: number,
): void {
  const policy = rows.bytesOf(event.policy)
  const server = rows.bytesOf(event.server)
  const next = rows.bytesOf(event.next)
  const algorithm = rows.bytesOf(event.algorithm)
  const texts = policy.length + server.length + next.length + algorithm.length + 4
  const bytes = rows.room(sizeOf(5) + texts)
  let at = putNumber(bytes, rows.length, DECISION)
  at = putNextTime(bytes, at, event.at)
  at = putNextNumber(bytes, at, event.exchange)
  at = putNextText(bytes, at, policy)
  at = putNextText(bytes, at, server)
  at = putNextNumber(bytes, at, candidates)
  at = putNextText(bytes, at, next)
  at = putNextNumber(bytes, at, event.attempt)
  rows.length = putNextText(bytes, at, algorithm)
  const { reason } = event
  if (reason?.by === 'round-robin' && hasNoMore(event)) {
    rows.raw(turnEnds.get(reason.turn) ?? turnEndOf(reason))
    return
  }
  writeNext(rows, event.passedOver)
  writeNext(rows, reason)
  writeNext(rows, event.waitedMs)
  writeNext(rows, event.coming)
  writeNext(rows, event.others)
  writeNext(rows, event.panic)
  writeNext(rows, event.healthy)
  writeNext(rows, event.of)
}

export function writeVerified(rows: JsonBytes, event: EventOf<'answer.verified'>): void {
  const node = rows.bytesOf(event.node)
  const verdict = rows.bytesOf(event.verdict)
  const bytes = rows.room(sizeOf(4) + node.length + verdict.length + 2)
  let at = putNumber(bytes, rows.length, VERIFIED)
  at = putNextTime(bytes, at, event.at)
  at = putNextNumber(bytes, at, event.exchange)
  at = putNextNumber(bytes, at, event.packet)
  at = putNextText(bytes, at, node)
  rows.length = putNextText(bytes, at, verdict)
}

export function writeFinished(rows: JsonBytes, event: EventOf<'exchange.finished'>): void {
  const client = rows.bytesOf(event.client)
  const outcome = rows.bytesOf(event.outcome)
  const server = rows.bytesOf(event.server)
  const reason = rows.bytesOf(event.reason)
  const texts = client.length + outcome.length + server.length + reason.length + 4
  const bytes = rows.room(sizeOf(3) + texts)
  let at = putNumber(bytes, rows.length, FINISHED)
  at = putNextTime(bytes, at, event.at)
  at = putNextNumber(bytes, at, event.exchange)
  at = putNextText(bytes, at, client)
  at = putNextText(bytes, at, outcome)
  at = putNextText(bytes, at, server)
  rows.length = putNextText(bytes, at, reason)
}

export function writeOpened(rows: JsonBytes, event: EventOf<'connection.opened'>): void {
  const from = rows.bytesOf(event.from)
  const to = rows.bytesOf(event.to)
  const fromAddress = rows.bytesOf(event.fromAddress)
  const toAddress = rows.bytesOf(event.toAddress)
  const texts = from.length + to.length + fromAddress.length + toAddress.length + 4
  const bytes = rows.room(sizeOf(5) + texts)
  let at = putNumber(bytes, rows.length, OPENED)
  at = putNextTime(bytes, at, event.at)
  at = putNextNumber(bytes, at, event.connection)
  at = putNextText(bytes, at, from)
  at = putNextText(bytes, at, to)
  at = putNextNumber(bytes, at, event.fromPort)
  at = putNextNumber(bytes, at, event.toPort)
  at = putNextText(bytes, at, fromAddress)
  rows.length = putNextText(bytes, at, toAddress)
}

export function writeClosed(rows: JsonBytes, event: EventOf<'connection.closed'>): void {
  const node = rows.bytesOf(event.node)
  const bytes = rows.room(sizeOf(3) + node.length + 1)
  let at = putNumber(bytes, rows.length, CLOSED)
  at = putNextTime(bytes, at, event.at)
  at = putNextNumber(bytes, at, event.connection)
  rows.length = putNextText(bytes, at, node)
}

/** A decision that tells nothing beside its reason, as nearly all do. */
function hasNoMore(event: EventOf<'decision.made'>): boolean {
  return (
    event.passedOver.length === 0 &&
    event.waitedMs === undefined &&
    event.coming === undefined &&
    event.others === undefined &&
    event.panic === undefined &&
    event.healthy === undefined &&
    event.of === undefined
  )
}

function turnEndOf(reason: Turn): Uint8Array {
  const end = encoder.encode(`,[],${JSON.stringify(reason)},null,null,null,null,null,null`)
  if (turnEnds.size >= MOST_TURN_ENDS) turnEnds.clear()
  turnEnds.set(reason.turn, end)
  return end
}

/** The most bytes of so many numbers, each with a comma. */
function sizeOf(numbers: number): number {
  return numbers * (MAX_NUMBER_BYTES + 1)
}

function writeNextPieces(rows: JsonBytes, pieces: readonly Piece[]): void {
  const [piece] = pieces
  if (piece === undefined || pieces.length > 1) {
    writeNext(rows, pieces)
    return
  }
  const bytes = rows.room(sizeOf(3) + ONE_PIECE_BYTES)
  let at = putNumber(bytes, putText(bytes, rows.length, ONE_PIECE.bytes), piece.bytes)
  at = putNumber(bytes, putText(bytes, at, ONE_PIECE.of), piece.of)
  at = putNumber(bytes, putText(bytes, at, ONE_PIECE.at), piece.at)
  rows.length = putText(bytes, at, AFTER_ONE_PIECE)
}

function writeNext(rows: JsonBytes, value: unknown): void {
  rows.comma()
  rows.value(value)
}

function putNextNumber(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = COMMA
  return putNumber(bytes, at + 1, value)
}

/** The last time that was written, as bytes: what happens in one turn of the event loop happens at one time. */
let lastTime = Number.NaN
const lastBytes = new Uint8Array(MAX_NUMBER_BYTES + 1)
let lastLength = 0

function putNextTime(bytes: Uint8Array, at: number, time: SimMs): number {
  if (time !== lastTime) {
    lastTime = time
    lastLength = putNextNumber(lastBytes, 0, microseconds(time))
  }
  for (let index = 0; index < lastLength; index++) bytes[at + index] = lastBytes[index] as number
  return at + lastLength
}

function putNextText(bytes: Uint8Array, at: number, text: Uint8Array): number {
  bytes[at] = COMMA
  return putText(bytes, at + 1, text)
}
