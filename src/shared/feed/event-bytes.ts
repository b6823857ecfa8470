// Consecutive events as bytes, written once as they happen: a row for each (JSON, separated by commas) and, apart from
// the rows, the bytes of their messages. Frames to screens and blocks of a recording copy their part of them.
//
// A row has the number of the event's kind, when it happened in whole microseconds, and its fields in the order of
// event-table.ts. Rows name no fields, which makes them small and quick to write.
import type { LabEvent } from '../events'
import type { ProtocolId, SimMs } from '../ids'
import { indexOf, KINDS } from './event-kinds'
import { JsonBytes } from './json-bytes'
import { SharedLists } from './shared-lists'

const INITIAL_MESSAGE_BYTES = 16 * 1024

/** Some of the events, counted from the first. */
export interface Slice {
  readonly events: EventBytes
  readonly from: number
  /** The index after the last. */
  readonly to: number
}

const SENT = indexOf('packet.sent')
const DELIVERED = indexOf('packet.delivered')
/** Whether `writeFields` writes all of their fields by name; with a field appended to its entry, a kind takes the loop. */
const SENT_BY_NAME = KINDS[SENT]?.names.length === 9
const DELIVERED_BY_NAME = KINDS[DELIVERED]?.names.length === 1

export class EventBytes {
  firstSeq = 0
  private readonly rows = new JsonBytes()
  private messages = new Uint8Array(INITIAL_MESSAGE_BYTES)
  private messagesLength = 0
  /** For each event: where its row and its messages end, when it happened, and the packet that it sends. */
  private readonly rowEnds: number[] = []
  private readonly messageEnds: number[] = []
  private readonly times: SimMs[] = []
  private readonly packets: number[] = []

  /** `lists`: those of its rows. Events that share them can stand in one frame. */
  constructor(readonly lists: SharedLists) {}

  get count(): number {
    return this.rowEnds.length
  }

  /** The bytes of the messages in the events from `index` on. */
  messageBytes(index = 0): number {
    return this.messagesLength - this.messageEndBefore(index)
  }

  /** The time of an event. */
  at(index: number): SimMs {
    return this.times[index] ?? 0
  }

  /** The first and the last packet that these events send, and how many; all 0 without any. */
  packetsIn(from: number, to: number): { first: number; last: number; count: number } {
    let first = 0
    let last = 0
    let count = 0
    for (let index = from; index < to; index++) {
      const packet = this.packets[index] ?? 0
      if (packet === 0) continue
      if (first === 0) first = packet
      last = packet
      count++
    }
    return { first, last, count }
  }

  /** Adds the event that follows the last one. */
  add(event: LabEvent): void {
    const { rows } = this
    if (this.count === 0) this.firstSeq = event.seq
    else rows.comma()
    rows.openList()
    this.writeFields(event)
    rows.closeList()
    this.rowEnds.push(rows.length)
    this.messageEnds.push(this.messagesLength)
    this.times.push(event.at)
    this.packets.push(event.type === 'packet.sent' ? event.packet : 0)
  }

  /** The rows of some of the events, separated by commas. */
  rowsOf(from: number, to: number): Uint8Array {
    const start = from === 0 ? 0 : (this.rowEnds[from - 1] ?? 0) + 1
    return this.rows.bytes.subarray(start, to === 0 ? 0 : this.rowEnds[to - 1])
  }

  /** The bytes of their messages, one after another. */
  messagesOf(from: number, to: number): Uint8Array {
    return this.messages.subarray(this.messageEndBefore(from), this.messageEndBefore(to))
  }

  private messageEndBefore(index: number): number {
    return index === 0 ? 0 : (this.messageEnds[index - 1] ?? 0)
  }

  private writeFields(event: LabEvent): void {
    const { rows } = this
    // Two out of three events are of these kinds.
    if (event.type === 'packet.sent' && SENT_BY_NAME) {
      rows.number(SENT)
      this.whole(microseconds(event.at))
      this.whole(event.packet)
      this.whole(event.exchange)
      this.field(event.kind)
      this.text(event.from)
      this.text(event.to)
      this.whole(event.connection)
      this.whole(microseconds(event.dueAt))
      this.whole(this.keep(event.bytes))
      this.field(event.copyOf)
    } else if (event.type === 'packet.delivered' && DELIVERED_BY_NAME) {
      rows.number(DELIVERED)
      this.whole(microseconds(event.at))
      this.whole(event.packet)
    } else this.writeByTable(event)
  }

  private writeByTable(event: LabEvent): void {
    const index = indexOf(event.type)
    const { names, wires } = KINDS[index] ?? { names: [], wires: [] }
    const values = event as unknown as Readonly<Record<string, unknown>>
    this.rows.number(index)
    this.field(microseconds(event.at))
    for (let place = 0; place < names.length; place++) {
      const value = values[names[place] ?? '']
      switch (wires[place]) {
        case undefined:
          this.field(value)
          break
        case 'microseconds':
          this.field(microseconds(value as SimMs))
          break
        case 'bytes':
          this.field(this.keep(value as Uint8Array))
          break
        case 'list':
          this.field(this.lists.placeOf(value as readonly ProtocolId[], event.seq))
          break
      }
    }
  }

  private whole(value: number): void {
    this.rows.comma()
    this.rows.number(value)
  }

  private text(value: string): void {
    this.rows.comma()
    this.rows.text(value)
  }

  private field(value: unknown): void {
    this.rows.comma()
    this.rows.value(value)
  }

  /** Returns the number of its bytes. */
  private keep(message: Uint8Array): number {
    const { length } = message
    const needed = this.messagesLength + length
    if (needed > this.messages.length) {
      const grown = new Uint8Array(Math.max(needed, 2 * this.messages.length))
      grown.set(this.messages)
      this.messages = grown
    }
    this.messages.set(message, this.messagesLength)
    this.messagesLength = needed
    return length
  }
}

/** Consecutive events as bytes, all of them. */
export function sliceOf(events: readonly LabEvent[]): Slice {
  const written = new EventBytes(new SharedLists())
  for (const event of events) written.add(event)
  return { events: written, from: 0, to: events.length }
}

/** Times are whole microseconds (the journal's are), and whole numbers are written faster than fractions. */
function microseconds(time: SimMs): number {
  return Math.round(time * 1000)
}
