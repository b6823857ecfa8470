// Consecutive events as bytes, written once as they happen: a row for each (JSON, separated by commas) and, apart from
// the rows, the bytes of their messages. Frames to screens and blocks of a recording copy their part of them.
//
// A row has the number of the event's kind, when it happened in whole microseconds, and its fields in the order of
// event-table.ts. Rows name no fields, which makes them small and quick to write.
import { isSending } from '../carried'
import type { LabEvent } from '../events'
import type { ProtocolId, SimMs } from '../ids'
import { indexOf, KINDS } from './event-kinds'
import {
  ARE_FIELDS_KNOWN,
  microseconds,
  writeCarried,
  writeClosed,
  writeDecision,
  writeDelivered,
  writeFinished,
  writeOpened,
  writeRead,
  writeSent,
  writeVerified,
} from './frequent-rows'
import { JsonBytes } from './json-bytes'
import { SharedLists } from './shared-lists'

const INITIAL_ROW_BYTES = 64 * 1024
const INITIAL_MESSAGE_BYTES = 16 * 1024

/** Some of the events, counted from the first. */
export interface Slice {
  readonly events: EventBytes
  readonly from: number
  /** The index after the last. */
  readonly to: number
}

/**
 * For each event: where its row and its messages end, when it happened, also in real time, and the packet that it sends,
 * else 0.
 */
const FACTS = 5
const ROW_END = 0
const MESSAGE_END = 1
const AT = 2
const REAL_TIME = 3
const PACKET = 4
const INITIAL_FACTS = FACTS * 1_024

/** Where events are written. Those that nobody reads any more can give theirs to later ones (`takeMemory`). */
export interface EventMemory {
  readonly rows: Uint8Array
  readonly messages: Uint8Array
  readonly facts: Float64Array
}

const NO_BYTES = new Uint8Array(0)
const NO_FACTS = new Float64Array(0)

export class EventBytes {
  firstSeq = 0
  private readonly rows: JsonBytes
  private messages: Uint8Array
  private messagesLength = 0
  /** One array for all: lists of numbers that grow leave much for the garbage collector. */
  private facts: Float64Array
  private events = 0

  /** `lists`: those of its rows. Events that share them can stand in one frame. */
  constructor(
    readonly lists: SharedLists,
    memory: EventMemory = newMemory(),
  ) {
    this.rows = new JsonBytes(memory.rows)
    this.messages = memory.messages
    this.facts = memory.facts
  }

  get count(): number {
    return this.events
  }

  /** The bytes of the messages in the events from `index` on. */
  messageBytes(index = 0): number {
    return this.messagesLength - this.messageEndBefore(index)
  }

  /** The time of an event. */
  at(index: number): SimMs {
    return this.fact(index, AT)
  }

  /** The real times of some of the events. */
  realTimesOf(from: number, to: number): number[] {
    const times: number[] = []
    for (let index = from; index < to; index++) times.push(this.fact(index, REAL_TIME))
    return times
  }

  /** The first and the last packet that these events send, and how many; all 0 without any. */
  packetsIn(from: number, to: number): { first: number; last: number; count: number } {
    let first = 0
    let last = 0
    let count = 0
    for (let index = from; index < to; index++) {
      const packet = this.fact(index, PACKET)
      if (packet === 0) continue
      if (first === 0) first = packet
      last = packet
      count++
    }
    return { first, last, count }
  }

  /** Adds the event that follows the last one. `realTime`: in milliseconds since 1970, to the microsecond. */
  add(event: LabEvent, realTime = 0): void {
    const { rows } = this
    if (this.events === 0) this.firstSeq = event.seq
    else rows.comma()
    rows.openList()
    this.writeFields(event)
    rows.closeList()
    const facts = this.roomForFacts()
    const first = FACTS * this.events++
    facts[first + ROW_END] = rows.length
    facts[first + MESSAGE_END] = this.messagesLength
    facts[first + AT] = event.at
    facts[first + REAL_TIME] = realTime
    facts[first + PACKET] = isSending(event) ? event.packet : 0
  }

  /** Forgets the events: nobody may read them, or add to them, any more. */
  takeMemory(): EventMemory {
    const memory = { rows: this.rows.bytes, messages: this.messages, facts: this.facts }
    this.rows.bytes = NO_BYTES
    this.rows.length = 0
    this.messages = NO_BYTES
    this.messagesLength = 0
    this.facts = NO_FACTS
    this.events = 0
    return memory
  }

  /** The rows of some of the events, separated by commas. */
  rowsOf(from: number, to: number): Uint8Array {
    const start = from === 0 ? 0 : this.fact(from - 1, ROW_END) + 1
    return this.rows.bytes.subarray(start, to === 0 ? 0 : this.fact(to - 1, ROW_END))
  }

  /** The bytes of their messages, one after another. */
  messagesOf(from: number, to: number): Uint8Array {
    return this.messages.subarray(this.messageEndBefore(from), this.messageEndBefore(to))
  }

  private messageEndBefore(index: number): number {
    return index === 0 ? 0 : this.fact(index - 1, MESSAGE_END)
  }

  private fact(index: number, which: number): number {
    return index < this.events ? (this.facts[FACTS * index + which] ?? 0) : 0
  }

  private roomForFacts(): Float64Array {
    const { facts } = this
    if (FACTS * this.events < facts.length) return facts
    this.facts = new Float64Array(2 * facts.length)
    this.facts.set(facts)
    return this.facts
  }

  private writeFields(event: LabEvent): void {
    const { rows } = this
    if (ARE_FIELDS_KNOWN) {
      switch (event.type) {
        case 'packet.carried':
          this.keep(event.bytes)
          writeCarried(rows, event)
          return
        case 'packet.sent':
          this.keep(event.bytes)
          writeSent(rows, event)
          return
        case 'packet.delivered':
          writeDelivered(rows, event)
          return
        case 'packet.read':
          writeRead(rows, event)
          return
        case 'decision.made':
          writeDecision(rows, event, this.lists.placeOf(event.candidates, event.seq))
          return
        case 'answer.verified':
          writeVerified(rows, event)
          return
        case 'exchange.finished':
          writeFinished(rows, event)
          return
        case 'connection.opened':
          writeOpened(rows, event)
          return
        case 'connection.closed':
          writeClosed(rows, event)
          return
      }
    }
    this.writeByTable(event)
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

function newMemory(): EventMemory {
  return {
    rows: new Uint8Array(INITIAL_ROW_BYTES),
    messages: new Uint8Array(INITIAL_MESSAGE_BYTES),
    facts: new Float64Array(INITIAL_FACTS),
  }
}

/** Consecutive events as bytes, all of them. */
export function sliceOf(events: readonly LabEvent[]): Slice {
  const written = new EventBytes(new SharedLists())
  for (const event of events) written.add(event)
  return { events: written, from: 0, to: events.length }
}
