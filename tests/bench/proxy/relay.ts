// What Node's sockets cost by themselves: a relay that makes the same system calls as the proxy and does nothing else. It
// keeps a connection to each server, or opens one for each message. A message ends at its first `}`: those of the
// benchmark are flat. It knows no order of answers, because each client of the benchmark waits for its own.
import net, { type AddressInfo } from 'node:net'
import { SERVERS } from './messages'
import { obeyBench, reportRegistered } from './proxy-process'

const CLOSING_BRACE = 0x7d
const BACKLOG = 1024
const keepsConnections = process.argv.includes('--keep-connections')

/** What one turn of the event loop causes to be written leaves as one write per socket, as in the proxy. */
class Writer {
  private static waiting: Writer[] = []
  private pieces: Buffer[] = []

  constructor(readonly socket: net.Socket) {
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

/** Calls back with each message of a socket. */
function readMessages(socket: net.Socket, take: (message: Buffer) => void): void {
  let begun: Buffer | undefined
  socket.on('data', (read: Buffer) => {
    const bytes = begun === undefined ? read : Buffer.concat([begun, read])
    let from = 0
    for (;;) {
      const end = bytes.indexOf(CLOSING_BRACE, from) + 1
      if (end === 0) break
      take(from === 0 && end === bytes.length ? bytes : bytes.subarray(from, end))
      from = end
    }
    begun = from < bytes.length ? bytes.subarray(from) : undefined
  })
}

/** A kept connection to a server: answers come in the order of the messages. */
class Upstream {
  private readonly writer: Writer
  private readonly waiting: Writer[] = []

  constructor(port: number) {
    const socket = net.connect({ host: '127.0.0.1', port, noDelay: true })
    this.writer = new Writer(socket)
    readMessages(socket, (answer) => this.waiting.shift()?.write(answer))
  }

  forward(message: Buffer, client: Writer): void {
    this.waiting.push(client)
    this.writer.write(message)
  }
}

const ports: number[] = []
const upstreams: Upstream[] = []
let turn = 0

function take(message: Buffer, client: Writer): void {
  if (ports.length < SERVERS.length) {
    register(message)
    return
  }
  turn = (turn + 1) % ports.length
  if (keepsConnections) upstreams[turn]?.forward(message, client)
  else forwardOnce(message, client, ports[turn] ?? 0)
}

function forwardOnce(message: Buffer, client: Writer, port: number): void {
  const socket = net.connect({ host: '127.0.0.1', port })
  new Writer(socket).write(message)
  readMessages(socket, (answer) => {
    socket.destroy()
    client.write(answer)
  })
}

function register(message: Buffer): void {
  const { listenport: port }: { listenport: number } = JSON.parse(message.toString())
  ports.push(port)
  if (keepsConnections) upstreams.push(new Upstream(port))
  if (ports.length === SERVERS.length) reportRegistered()
}

const listener = net.createServer({ noDelay: true }, (socket) => {
  const client = new Writer(socket)
  readMessages(socket, (message) => take(message, client))
})
listener.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG }, () => {
  obeyBench((listener.address() as AddressInfo).port, () => process.exit())
})
