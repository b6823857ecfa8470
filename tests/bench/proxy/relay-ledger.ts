// The events of the accounting relay: a row of four numbers for each, in order, in blocks. A block begins with the whole state (a
// keyframe) and has each message once, so that a screen can begin with any block, and read on from any event. The latest
// blocks, which hold the latest packets, stay in memory; all are deflated and appended to a file within half a second.
import { mkdtempSync, openSync, readSync, rmSync, write } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inflateRawSync } from 'node:zlib'
import { Deflater } from '../../../src/main/engine/story/recording/deflater'
import { BLOCK_EVENTS, RECORDING_FLUSH_MS, SNAPSHOT_PACKETS } from '../../../src/shared/limits'
import type { RelayFigures } from './relay-figures'

/** The lowest bits of a row's first number; the rest of it is `about` below. The second number is the time in µs since the block began. */
export const KIND_BITS = 4
/** What a row tells. `about`; one; other. */
export const KIND = {
  /** Connection; packet; exchange or 0. Its bytes are a message. */
  sent: 0,
  /** The same. Its bytes are those that the exchange has from the other side. */
  passedOn: 1,
  /** The same. The relay's own error answer, whose bytes are a message. */
  refused: 2,
  /** –; packet. */
  delivered: 3,
  /** Bytes of the packet in the read that brought it; packet; all bytes of that read. */
  read: 4,
  /** Server; exchange; the places of the server and of the next one, 16 bits each. */
  decided: 5,
  /** 1 if it is right; exchange; packet. */
  verified: 6,
  /** 1 if it was answered; exchange; client. */
  finished: 7,
  /** Connection; the peer's port. The peer's address is a message. */
  opened: 8,
  /** Connection. */
  closed: 9,
  /** Server; policy; the port on which it listens. */
  registered: 10,
  /** Party. Its name is a message. */
  named: 11,
  /** The figures of a second are a message. */
  second: 12,
  /** Connection; its own port; server. */
  dialled: 13,
} as const

export const ROW_NUMBERS = 4
/** The most rows that are written without asking for room. */
const MOST_ROWS = 8
const MESSAGE_HEAD_BYTES = 4

/** What a block says of itself, in 64-bit numbers: first event, rows, when it began in ms of simulated and of real time, … */
const HEAD = { firstEvent: 0, rows: 1, at: 2, realAt: 3, packetsFrom: 4, keyframe: 5 }
const HEAD_BYTES = 64
const TAIL_AT = HEAD_BYTES + BLOCK_EVENTS * ROW_NUMBERS * 4
const TAIL_BYTES = 512 * 1024

const append = promisify(write)

/** A message that waits for its answer, as a keyframe has it. */
export interface Open {
  readonly number: number
  readonly packet: number
  readonly askedAt: number
  readonly client: number
  readonly server: number
  readonly message: Uint8Array
}

/** A block as a reader has it. `packetsFrom`: the event from which on there are the latest packets. */
export interface ReadBlock {
  readonly firstEvent: number
  readonly packetsFrom: number
  readonly rows: Int32Array
  /** The parties' names, their counters, and of each open exchange its numbers and its message. */
  readonly keyframe: readonly Buffer[]
  readonly messages: readonly Buffer[]
}

class Block {
  readonly bytes: Buffer
  readonly head: Float64Array
  readonly rows: Int32Array
  lastEvent = 0
  isWritten = false

  constructor(tailBytes = TAIL_BYTES) {
    const memory = new ArrayBuffer(TAIL_AT + tailBytes)
    this.bytes = Buffer.from(memory)
    this.head = new Float64Array(memory, 0, HEAD_BYTES / 8)
    this.rows = new Int32Array(memory, HEAD_BYTES, BLOCK_EVENTS * ROW_NUMBERS)
  }
}

export class RelayLedger {
  /** The time of this turn of the event loop, in ms. */
  now = performance.now()
  packets = 0
  private block = new Block()
  private rows = this.block.rows
  private bytes = this.block.bytes
  private place = 0
  private tail = TAIL_AT
  private firstEvent = 1
  private beganAt = this.now
  /** The events at which the latest packets were sent. */
  private readonly recent = new Float64Array(SNAPSHOT_PACKETS)
  private readonly latest: Block[] = []
  private readonly spare: Block[] = []
  private names: Buffer = Buffer.alloc(0)
  private namesOf = 0
  private readonly deflater = new Deflater()
  private readonly file = openNamelessFile()
  /** Where each block ends in the file. */
  private readonly ends: number[] = []
  private writing: Promise<void> = Promise.resolve()
  private readonly timers: readonly NodeJS.Timeout[]

  constructor(
    private readonly figures: RelayFigures,
    private readonly openExchanges: () => readonly Open[],
  ) {
    this.beginBlock()
    this.timers = [
      setInterval(() => this.closeBlock(), RECORDING_FLUSH_MS),
      setInterval(() => this.writeSecond(), 1_000),
    ]
  }

  get events(): number {
    return this.firstEvent - 1 + this.place / ROW_NUMBERS
  }

  /** Makes room for the rows of one message, and for this many bytes. What they change must not have changed yet. */
  makeRoom(bytes: number): void {
    const rowsEnd = (BLOCK_EVENTS - MOST_ROWS) * ROW_NUMBERS
    const tailEnd = this.bytes.length - MOST_ROWS * MESSAGE_HEAD_BYTES
    if (this.place > rowsEnd || this.tail + bytes > tailEnd) this.closeBlock(bytes)
  }

  row(kind: number, about: number, one: number, other: number): void {
    const { rows, place } = this
    rows[place] = kind | (about << KIND_BITS)
    rows[place + 1] = (this.now - this.beganAt) * 1_000
    rows[place + 2] = one
    rows[place + 3] = other
    this.place = place + ROW_NUMBERS
  }

  /** The row of a packet that is sent; returns the packet. */
  sent(kind: number, connection: number, exchange: number): number {
    const packet = ++this.packets
    this.recent[packet % SNAPSHOT_PACKETS] = this.events + 1
    this.row(kind, connection, packet, exchange)
    return packet
  }

  message(message: Uint8Array): void {
    const { bytes, tail } = this
    const { length } = message
    bytes[tail] = length
    bytes[tail + 1] = length >>> 8
    bytes[tail + 2] = length >>> 16
    bytes[tail + 3] = length >>> 24
    bytes.set(message, tail + MESSAGE_HEAD_BYTES)
    this.tail = tail + MESSAGE_HEAD_BYTES + length
  }

  /** Everything from the file, block by block, once it is all there. No second may follow. */
  async *readBack(): AsyncGenerator<ReadBlock> {
    for (const timer of this.timers) clearInterval(timer)
    this.writeSecond()
    this.closeBlock()
    await this.writing
    let start = 0
    for (const end of this.ends) {
      const deflated = Buffer.allocUnsafe(end - start)
      readSync(this.file, deflated, 0, deflated.length, start)
      start = end
      yield blockIn(inflateRawSync(deflated))
    }
  }

  private writeSecond(): void {
    const numbers = Float64Array.from(this.figures.second())
    this.makeRoom(numbers.byteLength)
    this.now = performance.now()
    this.row(KIND.second, 0, 0, 0)
    this.message(bytesOf(numbers))
  }

  /** The event from which on there are the latest packets. */
  private get packetsFrom(): number {
    return this.recent[(this.packets + 1) % SNAPSHOT_PACKETS] || 1
  }

  private beginBlock(bytes = 0): void {
    const { figures } = this
    if (this.namesOf < figures.names.length) {
      this.names = Buffer.from(JSON.stringify(figures.names))
      this.namesOf = figures.names.length
    }
    const parts: Uint8Array[] = [this.names, bytesOf(figures.used)]
    for (const { number, packet, askedAt, client, server, message } of this.openExchanges()) {
      parts.push(bytesOf(Float64Array.of(number, packet, askedAt, client, server)), message)
    }
    const size = parts.reduce((sum, part) => sum + part.length + MESSAGE_HEAD_BYTES, 0)
    this.block = size + bytes < TAIL_BYTES / 2 ? this.spareBlock() : new Block(2 * (size + bytes))
    const { block } = this
    this.rows = block.rows
    this.bytes = block.bytes
    this.place = 0
    this.tail = TAIL_AT
    this.beganAt = this.now
    for (const part of parts) this.message(part)
    const { head } = block
    head[HEAD.firstEvent] = this.firstEvent
    head[HEAD.at] = this.now
    head[HEAD.realAt] = performance.timeOrigin + this.now
    head[HEAD.packetsFrom] = this.packetsFrom
    head[HEAD.keyframe] = parts.length
  }

  private spareBlock(): Block {
    const block = this.spare.pop() ?? new Block()
    block.isWritten = false
    return block
  }

  /** `bytes`: for which the next block needs room. */
  private closeBlock(bytes = 0): void {
    const { block, place, tail, latest, packetsFrom } = this
    if (place === 0 && bytes === 0) return
    block.head[HEAD.rows] = place / ROW_NUMBERS
    block.lastEvent = this.events
    const rowsEnd = HEAD_BYTES + place * 4
    block.bytes.copyWithin(rowsEnd, TAIL_AT, tail)
    this.write(block, rowsEnd + tail - TAIL_AT)
    latest.push(block)
    for (let oldest = latest[0]; oldest; oldest = latest[0]) {
      if (!oldest.isWritten || oldest.lastEvent >= packetsFrom) break
      latest.shift()
      if (oldest.bytes.length === TAIL_AT + TAIL_BYTES) this.spare.push(oldest)
    }
    this.firstEvent = block.lastEvent + 1
    this.beginBlock(bytes)
  }

  private write(block: Block, length: number): void {
    this.writing = this.writing.then(async () => {
      const deflated = await this.deflater.deflate(block.bytes.subarray(0, length))
      await append(this.file, deflated)
      this.ends.push((this.ends.at(-1) ?? 0) + deflated.length)
      block.isWritten = true
    })
  }
}

function blockIn(bytes: Buffer): ReadBlock {
  const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  const head = new Float64Array(own, 0, HEAD_BYTES / 8)
  const numbers = (head[HEAD.rows] ?? 0) * ROW_NUMBERS
  const parts: Buffer[] = []
  for (let at = HEAD_BYTES + numbers * 4; at < bytes.length; ) {
    const end = at + MESSAGE_HEAD_BYTES + bytes.readInt32LE(at)
    parts.push(bytes.subarray(at + MESSAGE_HEAD_BYTES, end))
    at = end
  }
  const keyframe = head[HEAD.keyframe] ?? 0
  return {
    firstEvent: head[HEAD.firstEvent] ?? 0,
    packetsFrom: head[HEAD.packetsFrom] ?? 0,
    rows: new Int32Array(own, HEAD_BYTES, numbers),
    keyframe: parts.slice(0, keyframe),
    messages: parts.slice(keyframe),
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** It is gone when the process ends, however that is. */
function openNamelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'roundabout-relay-'))
  const file = openSync(join(folder, 'ledger'), 'a+')
  rmSync(folder, { recursive: true })
  return file
}
