// The sockets of the relays: the same system calls as the proxy's, and in the same order (src/main/engine/net). Sockets that have
// read something get their turn together, as long as more comes in, and what that causes to be written leaves as one write
// for each socket. A connection whose both ends have finished is closed without a shutdown before it.
import net, { type AddressInfo } from 'node:net'
import { VariedOptions } from '../../../src/main/engine/net/varied-options'
import { allocateYoung } from '../../../src/main/engine/net/young-objects'
import { obeyBench } from './proxy-process'
import type { Account } from './relay-account'

const BACKLOG = 1024
/** A batch waits for more for MOST_TURNS turns of the event loop, unless it has MOST_SOCKETS sockets. */
const MOST_TURNS = 16
const MOST_SOCKETS = 32

const options = new VariedOptions()
allocateYoung()
const reading: Reader[] = []
let writing: Writer[] = []
let isTakingIn = false
let turns = 0
let before = 0

function takeTurn(): void {
  const { length } = reading
  const isGrowing = length > before && length < MOST_SOCKETS
  before = length
  if (isGrowing && ++turns < MOST_TURNS) setImmediate(takeTurn)
  else takeIn()
}

function takeIn(): void {
  turns = 0
  before = 0
  isTakingIn = true
  for (const reader of reading) reader.takeIn()
  reading.length = 0
  isTakingIn = false
  flush()
}

function flush(): void {
  const writers = writing
  writing = []
  for (const writer of writers) writer.flush()
}

class Reader {
  private unread: Buffer | undefined
  /** The beginning of a message. */
  private begun: Buffer | undefined
  private hasEnded = false

  constructor(
    private readonly socket: net.Socket,
    private readonly take: (bytes: Buffer) => number,
  ) {
    options.socketMade()
    socket.on('data', (bytes: Buffer) => {
      const isFirst = this.unread === undefined && !this.hasEnded
      this.unread = joined(this.unread, bytes)
      if (isFirst) this.takeInSoon()
    })
    socket.on('end', () => {
      this.hasEnded = true
      if (this.unread === undefined) this.takeInSoon()
    })
  }

  takeIn(): void {
    const { unread, socket } = this
    this.unread = undefined
    if (unread !== undefined) {
      const bytes = joined(this.begun, unread)
      const end = this.take(bytes)
      this.begun = end < bytes.length ? bytes.subarray(end) : undefined
    }
    if (!this.hasEnded) return
    if (socket.writableLength === 0) socket.destroy()
    else socket.end()
  }

  private takeInSoon(): void {
    if (reading.length === 0 && !isTakingIn) setImmediate(takeTurn)
    reading.push(this)
  }
}

function joined(first: Buffer | undefined, second: Buffer): Buffer {
  return first === undefined ? second : Buffer.concat([first, second])
}

/** Calls `take` with what a socket has sent; it returns where an unfinished message begins, which comes again with more. */
export function readFrom(socket: net.Socket, take: (bytes: Buffer) => number): void {
  new Reader(socket, take)
}

export class Writer {
  private pieces: Uint8Array[] = []
  private hasWritten = false

  constructor(private readonly socket: net.Socket) {
    socket.on('error', () => socket.destroy())
  }

  write(bytes: Uint8Array): void {
    if (this.pieces.push(bytes) > 1) return
    if (writing.push(this) === 1 && !isTakingIn) setImmediate(flush)
  }

  flush(): void {
    const { socket, pieces } = this
    this.pieces = []
    if (socket.destroyed) return
    // Nagle's algorithm delays nothing before the second write.
    if (this.hasWritten) socket.setNoDelay(true)
    this.hasWritten = true
    if (pieces.length > 1) socket.cork()
    for (const piece of pieces) socket.write(piece)
    if (pieces.length > 1) socket.uncork()
  }
}

/** These bytes of a read, which most often are all of them. */
export function part(read: Buffer, from: number, end: number): Buffer {
  return from === 0 && end === read.length ? read : read.subarray(from, end)
}

/** `account`: what the relay says of all that it has done. */
export function accept(take: (socket: net.Socket) => void, account?: () => Promise<Account>): void {
  const listener = net.createServer({ allowHalfOpen: true }, take)
  listener.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG }, () => {
    obeyBench((listener.address() as AddressInfo).port, () => process.exit(), account)
  })
}

export function dial(port: number): net.Socket {
  return net.connect({ host: '127.0.0.1', port, allowHalfOpen: true })
}
