// The rows of the few kinds of events that a busy lab mostly consists of, written field by field. A loop over their entries
// in event-table.ts writes the same bytes (a test compares them) and takes several times as long: it looks each field up
// by its name.
import type { Sending } from '../carried'
import type { EventType, LabEvent, Piece } from '../events'
import type { ProtocolId, SimMs } from '../ids'
import { indexOf, KINDS } from './event-kinds'
import { type JsonBytes, MAX_NUMBER_BYTES, putNumber, putText } from './json-bytes'
import { writeWay } from './way-bytes'

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
/** What nearly all messages come to. */
const CORRECT = encoder.encode('"correct"')
const ANSWERED = encoder.encode('"answered"')

/** What the rows of decisions say that tell only whose turn it was, before and behind the place of their candidates. */
interface Turn {
  readonly policy: ProtocolId
  readonly next: ProtocolId | null
  readonly attempt: number
  readonly algorithm: EventOf<'decision.made'>['algorithm']
  readonly turn: ProtocolId
  readonly start: Uint8Array
  readonly end: Uint8Array
}

/** By the server that was chosen. */
const turns = new Map<ProtocolId, Turn>()
const MOST_TURNS = 4_096

/** Times are whole microseconds (the journal's are), and whole numbers are written faster than fractions. */
export function microseconds(time: SimMs): number {
  return Math.round(time * 1000)
}

export function writeCarried(rows: JsonBytes, event: EventOf<'packet.carried'>): void {
  writeSentPacket(rows, CARRIED, event)
  const { pieces } = event
  const bytes = rows.room(sizeOf(1) + NULL.length)
  const at = putNextNumber(bytes, rows.length, event.bytes.length)
  rows.length = pieces === undefined ? putText(bytes, at, NULL) : at
  if (pieces !== undefined) writeNextPieces(rows, pieces)
}

export function writeSent(rows: JsonBytes, event: EventOf<'packet.sent'>): void {
  writeSentPacket(rows, SENT, event)
  const copyOf = rows.bytesOf(event.copyOf)
  const bytes = rows.room(sizeOf(2) + copyOf.length + 1)
  let at = putNextTime(bytes, rows.length, event.dueAt)
  at = putNextNumber(bytes, at, event.bytes.length)
  rows.length = putNextText(bytes, at, copyOf)
}

/** The fields with which both rows of a packet that is sent begin. */
function writeSentPacket(rows: JsonBytes, row: number, event: Sending): void {
  const bytes = rows.room(sizeOf(4))
  let at = putNumber(bytes, rows.length, row)
  at = putNextTime(bytes, at, event.at)
  at = putNextNumber(bytes, at, event.packet)
  rows.length = putNextNumber(bytes, at, event.exchange)
  writeWay(rows, event)
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
  const turn = turnOf(event)
  if (turn !== undefined) {
    const bytes = rows.room(sizeOf(4) + turn.start.length + turn.end.length)
    const at = putText(bytes, putDecision(bytes, rows.length, event), turn.start)
    rows.length = putText(bytes, putNextNumber(bytes, at, candidates), turn.end)
    return
  }
  rows.length = putDecision(rows.room(sizeOf(3)), rows.length, event)
  writeNext(rows, event.policy)
  writeNext(rows, event.server)
  writeNext(rows, candidates)
  writeNext(rows, event.next)
  writeNext(rows, event.attempt)
  writeNext(rows, event.algorithm)
  writeNext(rows, event.passedOver)
  writeNext(rows, event.reason)
  writeNext(rows, event.waitedMs)
  writeNext(rows, event.coming)
  writeNext(rows, event.others)
  writeNext(rows, event.panic)
  writeNext(rows, event.healthy)
  writeNext(rows, event.of)
}

/** The fields with which a decision's row begins. */
function putDecision(bytes: Uint8Array, at: number, event: EventOf<'decision.made'>): number {
  const next = putNextTime(bytes, putNumber(bytes, at, DECISION), event.at)
  return putNextNumber(bytes, next, event.exchange)
}

export function writeVerified(rows: JsonBytes, event: EventOf<'answer.verified'>): void {
  const node = rows.bytesOf(event.node)
  const verdict = event.verdict === 'correct' ? CORRECT : rows.bytesOf(event.verdict)
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
  const outcome = event.outcome === 'answered' ? ANSWERED : rows.bytesOf(event.outcome)
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

/** The row of a decision that tells only whose turn it was; undefined for one that tells more. */
function turnOf(event: EventOf<'decision.made'>): Turn | undefined {
  const { server, reason, policy, next, attempt, algorithm } = event
  if (server === null || reason?.by !== 'round-robin' || !hasNoMore(event)) return undefined
  const known = turns.get(server)
  const isSame =
    known !== undefined &&
    known.policy === policy &&
    known.next === next &&
    known.attempt === attempt &&
    known.algorithm === algorithm &&
    known.turn === reason.turn
  if (isSame) return known
  if (turns.size >= MOST_TURNS) turns.clear()
  const made = {
    policy,
    next,
    attempt,
    algorithm,
    turn: reason.turn,
    start: bytesOfNext(policy, server),
    end: bytesOfNext(next, attempt, algorithm, [], reason, null, null, null, null, null, null),
  }
  turns.set(server, made)
  return made
}

function bytesOfNext(...values: readonly unknown[]): Uint8Array {
  return encoder.encode(values.map((value) => `,${JSON.stringify(value)}`).join(''))
}

/** The most bytes that this many numbers take, each with a comma. */
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
