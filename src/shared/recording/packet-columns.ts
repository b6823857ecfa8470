// Facts about every packet of a recording, in columns: enough to find and sort a million packets without opening a
// block, and to know the events that have the rest.
import type { PacketKind } from '../events'
import type { NodeId, PacketId, ProtocolId } from '../ids'
import { type Column, smallNumbers, times, wholeNumbers } from './columns'

/** Kinds of events about a packet between its sending and its end. */
export const NOTES = [
  'decision',
  'failed',
  'correct',
  'wrong',
  'error',
  'held',
  'released',
  'edited',
  'read',
  'harmed',
] as const
export type NoteKind = (typeof NOTES)[number]

const STATUSES = ['flying', 'delivered', 'dropped'] as const
const DELIVERED = STATUSES.indexOf('delivered') << 2
/** A bit of a packet's nature, beside two bits for the kind and two for the status. */
const COPY = 16
const KINDS: readonly PacketKind[] = [0, 1, 2, 'error']

export interface Edit {
  kind: PacketKind
  size: number
  /** The offset of its bytes in the inflated block. */
  bytesAt: number
}
export interface Choice {
  policy: ProtocolId
  server: ProtocolId | null
}

/** An event about a packet. `value`: an index into the edits or choices. */
export interface Note {
  kind: NoteKind
  seq: number
  value: number
}

/** Packets that were sent one after another. */
export interface SentPackets {
  /** The number of the first; 0 without packets. */
  first: number
  seq: Uint32Array
  at: Float64Array
  exchange: Uint32Array
  /** See `natureOf`. */
  nature: Uint8Array
  /** Indexes into a list of nodes. */
  from: Uint32Array
  to: Uint32Array
  connection: Uint32Array
  size: Uint32Array
  bytesAt: Uint32Array
}

/** `isCopy`: whether a person made it by duplicating another packet. `isCarried`: it is delivered when it is sent. */
export function natureOf(kind: PacketKind, isCopy: boolean, isCarried: boolean): number {
  return (kind === 'error' ? 3 : kind) | (isCopy ? COPY : 0) | (isCarried ? DELIVERED : 0)
}

/** Times are in whole microseconds. Packets are numbered without gaps; those before `first` are unknown. */
export class PacketColumns {
  /** The number of the first known packet. */
  first = 1
  readonly edits: Edit[] = []
  readonly choices = interned.choices()
  readonly nodes = interned.nodes()

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
  /** One past the index of the packet's newest note; 0: none. */
  private readonly newestNote = wholeNumbers()

  private readonly noteSeq = wholeNumbers()
  private readonly noteKind = smallNumbers()
  private readonly noteValue = wholeNumbers()
  /** One past the index of the same packet's note before it; 0: none. */
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

  /** `nodes`: those that the packets' indexes mean. */
  append(sent: SentPackets, nodes: readonly NodeId[]): void {
    const places = nodes.map((node) => this.nodes.placeOf(node))
    this.sentSeq.append(sent.seq)
    this.sentAt.append(sent.at)
    const ended = (value: number, at: number) => ((sent.nature[at] ?? 0) & DELIVERED ? value : 0)
    this.endedSeq.append(sent.seq.map(ended))
    this.endedAt.append(sent.at.map(ended))
    this.nature.append(sent.nature)
    this.from.append(sent.from.map((node) => places[node] ?? 0))
    this.to.append(sent.to.map((node) => places[node] ?? 0))
    this.connection.append(sent.connection)
    this.exchange.append(sent.exchange)
    this.size.append(sent.size)
    this.bytesAt.append(sent.bytesAt)
    this.newestNote.append(new Uint8Array(sent.seq.length))
  }

  end(packet: PacketId, status: 'delivered' | 'dropped', seq: number, at: number): void {
    const index = packet - this.first
    this.endedSeq.set(index, seq)
    this.endedAt.set(index, at)
    this.nature.set(index, this.nature.at(index) | (STATUSES.indexOf(status) << 2))
  }

  note(packet: PacketId, kind: NoteKind, seq: number, value: number): void {
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

  /** 0: it has not ended. */
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

  /** An index into `nodes`. */
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

  /** The notes on a packet up to an event, newest first. */
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

  /** `restore` returns to the present content. */
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

/** Stores repeated values once. Restoring does not remove values. */
class Interned<T> {
  private readonly values: T[] = []
  private readonly places = new Map<string, number>()

  constructor(private readonly keyOf: (value: T) => string) {}

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

export const interned = {
  nodes: () => new Interned<NodeId>((node) => node),
  choices: () =>
    new Interned<Choice>(
      ({ policy, server }) => `${policy.length} ${policy}${server === null ? '' : ` ${server}`}`,
    ),
}
