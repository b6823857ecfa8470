// Reads the rows of events, which event-bytes.ts writes.
import type { LabEvent, PacketKind, Piece } from '../events'
import type { ConnectionId, ExchangeId, NodeId, PacketId } from '../ids'
import { indexOf, KINDS } from './event-kinds'
import { isMicroseconds } from './field'
import type { Lists, ParsedRow } from './translation'

/** Bytes of messages, one after another. */
export class BytesReader {
  constructor(
    private readonly frame: Uint8Array,
    private offset: number,
  ) {}

  take(length: number): Uint8Array {
    this.offset += length
    return this.frame.subarray(this.offset - length, this.offset)
  }
}

const CARRIED = indexOf('packet.carried')
const SENT = indexOf('packet.sent')
const DELIVERED = indexOf('packet.delivered')
const CARRIED_PLACES = placesOf(CARRIED)
const SENT_PLACES = placesOf(SENT)
const DELIVERED_PLACES = placesOf(DELIVERED)

/** The lengths of the rows that the literals below know; with a field appended to its entry, a kind takes the loop. */
const CARRIED_LITERAL = 10
const SENT_LITERAL = 11
const DELIVERED_LITERAL = 3

function placesOf(index: number): number {
  return 2 + (KINDS[index]?.names.length ?? 0)
}

/** The event of a trusted row; its bytes are the next of `bytes`. */
export function eventOf(row: ParsedRow, seq: number, bytes: BytesReader, lists: Lists): LabEvent {
  // Most events are of these kinds: literals are faster to make, and to read, than objects made by name.
  if (row[0] === CARRIED && CARRIED_PLACES === CARRIED_LITERAL) return carriedOf(row, seq, bytes)
  if (row[0] === SENT && SENT_PLACES === SENT_LITERAL) return sentOf(row, seq, bytes)
  if (row[0] === DELIVERED && DELIVERED_PLACES === DELIVERED_LITERAL) return deliveredOf(row, seq)
  const kind = KINDS[row[0] as number]
  if (kind === undefined) throw new Error(`A frame has an event of unknown type ${row[0]}.`)
  const { type, names, wires } = kind
  const event: Record<string, unknown> = { seq, at: (row[1] as number) / 1000, type }
  for (let place = 0; place < names.length; place++) {
    const value = row[place + 2]
    const name = names[place] ?? ''
    switch (wires[place]) {
      case undefined:
        if (value !== null || kind.optional[place] !== true) event[name] = value
        break
      case 'microseconds':
        event[name] = (value as number) / 1000
        break
      case 'bytes':
        event[name] = bytes.take(value as number)
        break
      case 'list':
        event[name] = lists[value as number] ?? []
        break
    }
  }
  return event as unknown as LabEvent
}

function carriedOf(row: ParsedRow, seq: number, bytes: BytesReader): LabEvent {
  return {
    seq,
    at: (row[1] as number) / 1000,
    type: 'packet.carried',
    packet: row[2] as PacketId,
    exchange: row[3] as ExchangeId,
    kind: row[4] as PacketKind,
    from: row[5] as NodeId,
    to: row[6] as NodeId,
    connection: row[7] as ConnectionId,
    bytes: bytes.take(row[8] as number),
    pieces: (row[9] as readonly Piece[] | null) ?? undefined,
  }
}

function sentOf(row: ParsedRow, seq: number, bytes: BytesReader): LabEvent {
  return {
    seq,
    at: (row[1] as number) / 1000,
    type: 'packet.sent',
    packet: row[2] as PacketId,
    exchange: row[3] as ExchangeId,
    kind: row[4] as PacketKind,
    from: row[5] as NodeId,
    to: row[6] as NodeId,
    connection: row[7] as ConnectionId,
    dueAt: (row[8] as number) / 1000,
    bytes: bytes.take(row[9] as number),
    copyOf: row[10] as PacketId | null,
  }
}

function deliveredOf(row: ParsedRow, seq: number): LabEvent {
  return {
    seq,
    at: (row[1] as number) / 1000,
    type: 'packet.delivered',
    packet: row[2] as PacketId,
  }
}

/** What is wrong with a row of this version, in words; undefined: nothing. `lists`: how many its frame has. */
export function rowProblem(row: unknown, lists: number): string | undefined {
  if (!Array.isArray(row)) return 'it is no row'
  const kind = typeof row[0] === 'number' ? KINDS[row[0]] : undefined
  if (kind === undefined) return 'its type is none that there is'
  const { type, names, checks } = kind
  if (row.length !== names.length + 2) return `a row of ${type} has another number of fields`
  if (!isMicroseconds(row[1])) return `the time of ${type} is none`
  for (let place = 0; place < checks.length; place++) {
    const value = row[place + 2]
    if (checks[place]?.(value) === true || (value === null && kind.optional[place])) continue
    return `the field “${names[place]}” of ${type} has a value that it cannot have`
  }
  const { list } = kind
  if (list !== undefined && row[list] >= lists) return `its ${names[list - 2]} are on no list`
  return undefined
}
