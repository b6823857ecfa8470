// The sockets of the relays: the same system calls as the proxy's.
import net, { type AddressInfo } from 'node:net'
import { obeyBench } from './proxy-process'

const BACKLOG = 1024

/** What one turn of the event loop causes to be written leaves as one write per socket, as in the proxy. */
export class Writer {
  private static waiting: Writer[] = []
  private pieces: Buffer[] = []

  constructor(private readonly socket: net.Socket) {
    socket.on('error', () => socket.destroy())
  }

  write(bytes: Buffer): void {
    if (this.pieces.push(bytes) > 1) return
    if (Writer.waiting.push(this) === 1) setImmediate(Writer.flushAll)
  }

  private static flushAll(this: void): void {
    const { waiting } = Writer
    Writer.waiting = []
    for (const writer of waiting) writer.flush()
  }

  private flush(): void {
    const { socket, pieces } = this
    this.pieces = []
    if (socket.destroyed) return
    if (pieces.length > 1) socket.cork()
    for (const piece of pieces) socket.write(piece)
    if (pieces.length > 1) socket.uncork()
  }
}

/** Calls `take` with what a socket has sent; it returns where an unfinished message begins, which comes again with more. */
export function readFrom(socket: net.Socket, take: (bytes: Buffer) => number): void {
  let begun: Buffer | undefined
  socket.on('data', (read: Buffer) => {
    const bytes = begun === undefined ? read : Buffer.concat([begun, read])
    const end = take(bytes)
    begun = end < bytes.length ? bytes.subarray(end) : undefined
  })
}

/** These bytes of a read, which most often are all of them. */
export function part(read: Buffer, from: number, end: number): Buffer {
  return from === 0 && end === read.length ? read : read.subarray(from, end)
}

export function accept(take: (socket: net.Socket) => void): void {
  const listener = net.createServer({ noDelay: true }, take)
  listener.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG }, () => {
    obeyBench((listener.address() as AddressInfo).port, () => process.exit())
  })
}

/** A connection that is kept. */
export function dial(port: number): net.Socket {
  return net.connect({ host: '127.0.0.1', port, noDelay: true })
}
