// What is known of every packet of a recording, in columns: enough to find and sort a million of them without opening a
// block, and to know which events tell the rest.
import type { PacketKind } from '../events'
import type { NodeId, PacketId, ProtocolId } from '../ids'
import { type Column, smallNumbers, times, wholeNumbers } from './columns'

/** Something told of a packet after it was sent, other than its end. */
export const NOTES = [
  'decision',
  'correct',
  'wrong',
  'error',
  'held',
  'released',
  'edited',
  'read',
] as const
export type NoteKind = (typeof NOTES)[number]

export const STATUSES = ['flying', 'delivered', 'dropped'] as const
/** In a packet's nature, beside two bits for the kind and two for the status. */
const COPY = 16
const KINDS: readonly PacketKind[] = [0, 1, 2, 'error']

export interface Edit {
  kind: PacketKind
  size: number
  /** Where its bytes are in their block, inflated. */
  bytesAt: number
}
export interface Choice {
  policy: ProtocolId
  server: ProtocolId | null
}

/** Where what was told of a packet is found: `value` is a place among edits or choices. */
export interface Note {
  kind: NoteKind
  seq: number
  value: number
}

export interface SentPacket {
  seq: number
  at: number
  exchange: number
  kind: PacketKind
  from: NodeId
  to: NodeId
  connection: number
  size: number
  bytesAt: number
  /** Whether it was made by hand, of another one. */
  isCopy: boolean
}

/** Times are in whole microseconds. Packets are numbered without gaps; those before `first` are not known. */
export class PacketColumns {
  /** The number of the first packet that is known. */
  first = 1
  readonly edits: Edit[] = []
  readonly choices = new Interned<Choice>(({ policy, server }) => JSON.stringify([policy, server]))
  readonly nodes = new Interned<NodeId>((node) => node)

  private readonly sentSeq = wholeNumbers()
  private readonly sentAt = times()
  private readonly endedSeq = wholeNumbers()
  private readonly endedAt = times()
  /** Kind, status, and whether it is a copy. */
  private readonly nature = smallNumbers()
  private readonly from = wholeNumbers()
  private readonly to = wholeNumbers()
  private readonly connection = wholeNumbers()
  private readonly exchange = wholeNumbers()
  private readonly size = wholeNumbers()
  private readonly bytesAt = wholeNumbers()
  /** One past the place of the newest note of the packet; 0: none. */
  private readonly newestNote = wholeNumbers()

  private readonly noteSeq = wholeNumbers()
  private readonly noteKind = smallNumbers()
  private readonly noteValue = wholeNumbers()
  /** One past the place of the note of the same packet before it; 0: none. */
  private readonly noteBefore = wholeNumbers()

  private readonly all: readonly Column[] = [
    this.sentSeq,
    this.sentAt,
    this.endedSeq,
    this.endedAt,
    this.nature,
    this.from,
    this.to,
    this.connection,
    this.exchange,
    this.size,
    this.bytesAt,
    this.newestNote,
    this.noteSeq,
    this.noteKind,
    this.noteValue,
    this.noteBefore,
  ]
  private markedEdits = 0
  private markedFirst = 1

  /** The number of the last packet. */
  get last(): PacketId {
    return this.first + this.sentSeq.length - 1
  }

  has(packet: PacketId): boolean {
    return packet >= this.first && packet <= this.last
  }

  push(packet: SentPacket): void {
    this.sentSeq.push(packet.seq)
    this.sentAt.push(packet.at)
    this.endedSeq.push(0)
    this.endedAt.push(0)
    this.nature.push((packet.kind === 'error' ? 3 : packet.kind) | (packet.isCopy ? COPY : 0))
    this.from.push(this.nodes.placeOf(packet.from))
    this.to.push(this.nodes.placeOf(packet.to))
    this.connection.push(packet.connection)
    this.exchange.push(packet.exchange)
    this.size.push(packet.size)
    this.bytesAt.push(packet.bytesAt)
    this.newestNote.push(0)
  }

  end(packet: PacketId, status: 'delivered' | 'dropped', seq: number, at: number): void {
    const index = packet - this.first
    this.endedSeq.set(index, seq)
    this.endedAt.set(index, at)
    this.nature.set(index, this.nature.at(index) | (STATUSES.indexOf(status) << 2))
  }

  note(packet: PacketId, kind: NoteKind, seq: number, value = 0): void {
    const index = packet - this.first
    this.noteSeq.push(seq)
    this.noteKind.push(NOTES.indexOf(kind))
    this.noteValue.push(value)
    this.noteBefore.push(this.newestNote.at(index))
    this.newestNote.set(index, this.noteSeq.length)
  }

  sentSeqOf(packet: PacketId): number {
    return this.sentSeq.at(packet - this.first)
  }

  sentAtOf(packet: PacketId): number {
    return this.sentAt.at(packet - this.first)
  }

  /** 0 where it has not ended. */
  endedSeqOf(packet: PacketId): number {
    return this.endedSeq.at(packet - this.first)
  }

  endedAtOf(packet: PacketId): number {
    return this.endedAt.at(packet - this.first)
  }

  /** At the end of the recording. */
  statusOf(packet: PacketId): (typeof STATUSES)[number] {
    return STATUSES[(this.nature.at(packet - this.first) >> 2) & 3] ?? 'flying'
  }

  isCopy(packet: PacketId): boolean {
    return (this.nature.at(packet - this.first) & COPY) !== 0
  }

  /** As it was sent. */
  kindOf(packet: PacketId): PacketKind {
    return KINDS[this.nature.at(packet - this.first) & 3] ?? 0
  }

  /** A place among `nodes`. */
  fromOf(packet: PacketId): number {
    return this.from.at(packet - this.first)
  }

  toOf(packet: PacketId): number {
    return this.to.at(packet - this.first)
  }

  connectionOf(packet: PacketId): number {
    return this.connection.at(packet - this.first)
  }

  exchangeOf(packet: PacketId): number {
    return this.exchange.at(packet - this.first)
  }

  /** As it was sent. */
  sizeOf(packet: PacketId): number {
    return this.size.at(packet - this.first)
  }

  bytesAtOf(packet: PacketId): number {
    return this.bytesAt.at(packet - this.first)
  }

  hasNotes(packet: PacketId): boolean {
    return this.newestNote.at(packet - this.first) !== 0
  }

  /** What was told of a packet up to an event, the newest first. */
  *notesOf(packet: PacketId, asOf: number): Generator<Note> {
    let place = this.newestNote.at(packet - this.first)
    for (; place !== 0; place = this.noteBefore.at(place - 1)) {
      const seq = this.noteSeq.at(place - 1)
      if (seq > asOf) continue
      const kind = NOTES[this.noteKind.at(place - 1)] ?? 'read'
      yield { kind, seq, value: this.noteValue.at(place - 1) }
    }
  }

  /** The newest note of one of these kinds up to an event. */
  newestOf(packet: PacketId, kinds: readonly NoteKind[], asOf: number): Note | undefined {
    if (!this.hasNotes(packet)) return undefined
    for (const note of this.notesOf(packet, asOf)) if (kinds.includes(note.kind)) return note
    return undefined
  }

  /** The number of the last packet that was sent up to an event; `first - 1`: none. */
  lastSentBy(asOf: number): PacketId {
    let low = 0
    let high = this.sentSeq.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.sentSeq.at(middle) <= asOf) low = middle + 1
      else high = middle
    }
    return this.first + low - 1
  }

  /** `restore` will lead back to how things are now. */
  mark(): void {
    for (const column of this.all) column.mark()
    this.markedEdits = this.edits.length
    this.markedFirst = this.first
  }

  restore(): void {
    for (const column of this.all) column.restore()
    this.edits.length = this.markedEdits
    this.first = this.markedFirst
  }

  keep(): void {
    for (const column of this.all) column.keep()
  }
}

/** Values that are the same again and again, each once. What is restored leaves its values here: they do no harm. */
class Interned<T> {
  private readonly values: T[] = []
  private readonly places = new Map<string, number>()

  constructor(private readonly keyOf: (value: T) => string) {}

  get length(): number {
    return this.values.length
  }

  placeOf(value: T): number {
    const key = this.keyOf(value)
    const known = this.places.get(key)
    if (known !== undefined) return known
    this.places.set(key, this.values.length)
    return this.values.push(value) - 1
  }

  at(place: number): T | undefined {
    return this.values[place]
  }

  all(): readonly T[] {
    return this.values
  }
}
