// What our events tell of an exchange, in one binary record with both messages once, and of a connection, in one when it
// opens and one when it closes. Records are deflated and appended to a file every half second, as our recorder does. That is
// less than a recording: it can be read only from its beginning on, and knows no exchange that was never answered.
import { mkdtempSync, openSync, rmSync, write } from 'node:fs'
import type net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Deflater } from '../../../src/main/engine/story/recording/deflater'
import { RECORDING_FLUSH_MS } from '../../../src/shared/limits'

/** A message on its way through the relay. */
export interface Told {
  readonly client: { readonly connection: number }
  readonly server: { readonly id: string; readonly connection: number }
  readonly source: string
  readonly policy: { readonly name: string }
  /** The place of the server whose turn was next. */
  readonly next: number
  readonly message: Buffer
  readonly number: number
  readonly askedAt: number
  /** The numbers of the first of its events, and of the first of its two packets. */
  readonly firstEvent: number
  readonly firstPacket: number
}

/** Sent, delivered, decided, sent, delivered. */
export const ASKED_EVENTS = 5
/** Sent, read, delivered, sent, delivered, verified, finished. */
const ANSWERED_EVENTS = 7
export const PACKETS = 2

const append = promisify(write)

const BYTES = 256 * 1024
/** More than any record has beside its messages and texts. */
const RECORD_BYTES = 128
const NAME = 0
const OPENED = 1
const CLOSED = 2
const EXCHANGE = 3

export interface Story {
  /** Takes numbers for this many events, or packets, and returns the first of them. */
  events(count: number): number
  packets(count: number): number
  opened(connection: number, socket: net.Socket): void
  closed(connection: number): void
  /** `read`: the bytes of the read that the answer came in, and where it ends there. */
  answered(told: Told, answer: Buffer, read: number, end: number, isRight: boolean): void
}

export const NO_STORY: Story = {
  events: () => 0,
  packets: () => 0,
  opened: () => {},
  closed: () => {},
  answered: () => {},
}

export class RelayStory implements Story {
  private readonly deflater = new Deflater()
  private readonly file = openNamelessFile()
  private readonly spare: Buffer[] = []
  private bytes: Buffer = Buffer.allocUnsafe(BYTES)
  private view = viewOf(this.bytes)
  private length = 0
  private writing: Promise<void> = Promise.resolve()
  private readonly names = new Map<string, number>()
  private lastEvent = 0
  private lastPacket = 0

  constructor() {
    setInterval(() => this.flush(), RECORDING_FLUSH_MS)
  }

  events(count: number): number {
    this.lastEvent += count
    return this.lastEvent - count + 1
  }

  packets(count: number): number {
    this.lastPacket += count
    return this.lastPacket - count + 1
  }

  /** Its other end is always the relay's own address, which need not be asked for. */
  opened(connection: number, socket: net.Socket): void {
    const from = this.nameOf(socket.remoteAddress ?? '')
    this.begin(OPENED, 0)
    this.times(performance.now())
    this.whole(this.events(1))
    this.whole(connection)
    this.whole(from)
    this.whole(socket.remotePort ?? 0)
  }

  closed(connection: number): void {
    this.begin(CLOSED, 0)
    this.times(performance.now())
    this.whole(this.events(1))
    this.whole(connection)
  }

  answered(told: Told, answer: Buffer, read: number, end: number, isRight: boolean): void {
    const { client, server, message, policy } = told
    const source = this.nameOf(told.source)
    const name = this.nameOf(policy.name)
    const chosen = this.nameOf(server.id)
    this.begin(EXCHANGE, message.length + answer.length)
    this.times(told.askedAt)
    this.times(performance.now())
    this.whole(told.firstEvent)
    this.whole(this.events(ANSWERED_EVENTS))
    this.whole(told.firstPacket)
    this.whole(this.packets(PACKETS))
    this.whole(told.number)
    this.whole(source)
    this.whole(client.connection)
    this.whole(server.connection)
    this.whole(name)
    this.whole(chosen)
    this.whole(told.next)
    this.whole(read)
    this.whole(end)
    this.whole(isRight ? 1 : 0)
    this.message(message)
    this.message(answer)
  }

  /** The number of a text that occurs again. */
  private nameOf(text: string): number {
    const known = this.names.get(text)
    if (known !== undefined) return known
    const number = this.names.size
    this.names.set(text, number)
    const bytes = Buffer.from(text)
    this.begin(NAME, bytes.length)
    this.message(bytes)
    return number
  }

  private begin(kind: number, messageBytes: number): void {
    if (this.length + RECORD_BYTES + messageBytes > this.bytes.length) {
      this.flush(RECORD_BYTES + messageBytes)
    }
    this.whole(kind)
  }

  private whole(value: number): void {
    this.view.setUint32(this.length, value)
    this.length += 4
  }

  /** Simulated and real. */
  private times(now: number): void {
    this.view.setFloat64(this.length, now)
    this.view.setFloat64(this.length + 8, performance.timeOrigin + now)
    this.length += 16
  }

  private message(bytes: Buffer): void {
    this.whole(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
  }

  private flush(needed = 0): void {
    if (this.length === 0) return
    const { bytes, length } = this
    this.bytes = this.spare.pop() ?? Buffer.allocUnsafe(BYTES)
    if (needed > this.bytes.length) this.bytes = Buffer.allocUnsafe(needed)
    this.view = viewOf(this.bytes)
    this.length = 0
    this.writing = this.writing.then(async () => {
      await append(this.file, await this.deflater.deflate(bytes.subarray(0, length)))
      this.spare.push(bytes)
    })
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length)
}

/** It is gone when the process ends, however that is. */
function openNamelessFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'roundabout-relay-'))
  const file = openSync(join(folder, 'story'), 'a')
  rmSync(folder, { recursive: true })
  return file
}
