// Reads a block's rows once: checks that the app can have written them, and indexes their packets in columns. No events
// are made: a recording has millions, and few are ever shown.
import { indexOf, placeIn } from '../feed/event-kinds'
import { isObject, text } from '../feed/field'
import { splitFrame } from '../feed/frame'
import { rowProblem } from '../feed/rows'
import type { Lists, Translation } from '../feed/translation'
import type { EventsBlock, OpenBlock } from './blocks'
import { MAX_BLOCK_EVENTS } from './format'
import type { Edit, NoteKind, PacketColumns, SentPacket } from './packet-columns'
import { decodeRealTimes } from './real-times'

/** The events of a recording that have been indexed. */
export interface IndexedRange {
  /** Undefined before the first event. */
  firstSeq: number | undefined
  lastSeq: number
  /** In whole microseconds. */
  firstAt: number
  lastAt: number
  /** Packets up to this one were sent before the last reset; later events about them are ignored. */
  forgotten: number
}

export const NOTHING_INDEXED: IndexedRange = {
  firstSeq: undefined,
  lastSeq: 0,
  firstAt: 0,
  lastAt: 0,
  forgotten: 0,
}

// The needed fields of each type. Types that are not listed say nothing about a packet.
const SENT = indexOf('packet.sent')
const DELIVERED = indexOf('packet.delivered')
const DROPPED = indexOf('packet.dropped')
const HELD = indexOf('packet.held')
const RELEASED = indexOf('packet.released')
const EDITED = indexOf('packet.edited')
const READ = indexOf('packet.read')
const DECISION = indexOf('decision.made')
const VERIFIED = indexOf('answer.verified')
const RESET = indexOf('scenario.reset')

const SENT_BYTES = placeIn('packet.sent', 'bytes')
const SENT_COPY_OF = placeIn('packet.sent', 'copyOf')
const EDITED_BYTES = placeIn('packet.edited', 'bytes')

/** What is wrong with a block's events, in words. */
export class BlockProblem extends Error {}

/** Indexes a block; throws a BlockProblem if something is wrong with it, with the columns half changed. */
export function indexBlock(
  block: EventsBlock,
  open: OpenBlock,
  columns: PacketColumns,
  indexed: IndexedRange,
  translation: Translation | undefined,
): IndexedRange {
  const { summary } = block
  const { rows, lists, blobAt } = readRows(open.frame, summary.firstSeq)
  if (rows.length !== summary.count || rows.length === 0 || rows.length > MAX_BLOCK_EVENTS) {
    throw new BlockProblem(`it has ${rows.length} events and says that it has ${summary.count}`)
  }
  const pass = new Pass(columns, indexed, open.frame.byteOffset - open.inflated.byteOffset + blobAt)
  if (translation === undefined) for (const row of rows) pass.take(row, lists.length)
  else for (const row of rows) pass.takeTranslated(row, lists, translation)
  if (pass.bytesEnd !== open.frame.length - blobAt) {
    throw new BlockProblem('its messages do not have the bytes that it says they have')
  }
  if (
    pass.firstAt !== summary.firstAt ||
    pass.at !== summary.lastAt ||
    pass.firstPacket !== summary.firstPacket ||
    pass.lastPacket !== summary.lastPacket
  ) {
    throw new BlockProblem('its events are not those that it says it has')
  }
  if (decodeRealTimes(open.realTimes, summary.count) === undefined) {
    throw new BlockProblem('the real times of its events cannot be read')
  }
  return pass.indexed()
}

function readRows(
  frame: Uint8Array,
  firstSeq: number,
): { rows: unknown[]; lists: Lists; blobAt: number } {
  let split: ReturnType<typeof splitFrame>
  try {
    split = splitFrame(frame)
  } catch {
    throw new BlockProblem('its events cannot be read')
  }
  const { header, blobAt } = split
  if (
    !isObject(header) ||
    header.kind !== 'events' ||
    header.firstSeq !== firstSeq ||
    !Array.isArray(header.rows) ||
    !Array.isArray(header.lists) ||
    !header.lists.every((list) => Array.isArray(list) && list.every(text.is))
  ) {
    throw new BlockProblem('its events are none')
  }
  return { rows: header.rows, lists: header.lists, blobAt }
}

class Pass {
  firstAt = -1
  at: number
  firstPacket = 0
  lastPacket = 0
  /** Bytes of messages so far. */
  bytesEnd = 0
  private seq: number
  private forgotten: number

  constructor(
    private readonly columns: PacketColumns,
    private readonly before: IndexedRange,
    /** Where the messages' bytes begin in the inflated block. */
    private readonly blobAt: number,
  ) {
    this.at = before.lastAt
    this.seq = before.lastSeq
    this.forgotten = before.forgotten
  }

  indexed(): IndexedRange {
    return {
      firstSeq: this.before.firstSeq ?? this.before.lastSeq + 1,
      lastSeq: this.seq,
      firstAt: this.before.firstSeq === undefined ? this.firstAt : this.before.firstAt,
      lastAt: this.at,
      forgotten: this.forgotten,
    }
  }

  /** A row in another vocabulary. */
  takeTranslated(theirs: unknown, lists: Lists, translation: Translation): void {
    const row = translation.row(theirs, lists)
    if (typeof row === 'string') throw new BlockProblem(`event ${this.seq + 1}: ${row}`)
    this.take(row, lists.length)
    if (Array.isArray(theirs)) this.bytesEnd += translation.moreBytes(theirs)
  }

  take(row: unknown, lists: number): void {
    const seq = ++this.seq
    const problem = rowProblem(row, lists)
    if (problem !== undefined || !Array.isArray(row))
      throw new BlockProblem(`event ${seq}: ${problem}`)
    const at: number = row[1]
    if (at < this.at) throw new BlockProblem(`event ${seq}: it happened before the one before it`)
    if (this.firstAt < 0) this.firstAt = at
    this.at = at
    switch (row[0]) {
      case SENT:
        this.sent(row[2], {
          seq,
          at,
          exchange: row[3],
          kind: row[4],
          from: row[5],
          to: row[6],
          connection: row[7],
          size: row[SENT_BYTES],
          bytesAt: this.blobAt + this.bytesEnd,
          isCopy: row[SENT_COPY_OF] !== null,
        })
        return
      case DELIVERED:
        this.ended(row[2], 'delivered', seq, at)
        return
      case DROPPED:
        this.ended(row[2], 'dropped', seq, at)
        return
      case HELD:
        if (this.isFlying(row[2])) this.columns.note(row[2], 'held', seq)
        return
      case RELEASED:
        if (this.isFlying(row[2])) this.columns.note(row[2], 'released', seq)
        return
      case EDITED:
        this.edited(row[2], seq, {
          kind: row[3],
          size: row[EDITED_BYTES],
          bytesAt: this.blobAt + this.bytesEnd,
        })
        return
      case READ:
        if (this.isKnown(row[2])) this.columns.note(row[2], 'read', seq)
        return
      case DECISION: {
        const exchange: number = row[2]
        if (!this.isKnown(exchange)) return
        const choice = this.columns.choices.placeOf({ policy: row[3], server: row[4] })
        this.columns.note(exchange, 'decision', seq, choice)
        return
      }
      case VERIFIED: {
        const packet: number = row[3]
        const verdict: NoteKind = row[5]
        if (this.isKnown(packet)) this.columns.note(packet, verdict, seq)
        return
      }
      case RESET:
        this.forgotten = this.columns.last
        return
    }
  }

  private sent(packet: number, sent: SentPacket): void {
    if (packet !== this.columns.last + 1) {
      const problem = `packet ${packet} is sent after packet ${this.columns.last}`
      throw new BlockProblem(`event ${sent.seq}: ${problem}`)
    }
    if (this.firstPacket === 0) this.firstPacket = packet
    this.lastPacket = packet
    this.columns.push(sent)
    this.bytesEnd += sent.size
  }

  private edited(packet: number, seq: number, edit: Edit): void {
    if (this.isFlying(packet)) {
      const place = this.columns.edits.push(edit) - 1
      this.columns.note(packet, 'edited', seq, place)
    }
    this.bytesEnd += edit.size
  }

  private ended(packet: number, status: 'delivered' | 'dropped', seq: number, at: number): void {
    if (this.isFlying(packet)) this.columns.end(packet, status, seq, at)
  }

  private isKnown(packet: number): boolean {
    return packet > this.forgotten && this.columns.has(packet)
  }

  private isFlying(packet: number): boolean {
    return this.isKnown(packet) && this.columns.endedSeqOf(packet) === 0
  }
}
