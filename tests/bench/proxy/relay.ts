// What Node's sockets cost by themselves: a relay that makes the same system calls as the proxy and does nothing else. It
// keeps a connection to each server, or opens one for each message. A message ends at its first `}`: those of the
// benchmark are flat. It knows no order of answers, because each client of the benchmark waits for its own.
import type net from 'node:net'
import { SERVERS } from './messages'
import { reportRegistered } from './proxy-process'
import { accept, dial, part, readFrom, Writer } from './relay-sockets'

const CLOSING_BRACE = 0x7d
const keepsConnections = process.argv.includes('--keep-connections')

/** Calls back with each message of a socket. */
function readMessages(socket: net.Socket, take: (message: Buffer) => void): void {
  readFrom(socket, (bytes) => {
    let from = 0
    for (;;) {
      const end = bytes.indexOf(CLOSING_BRACE, from) + 1
      if (end === 0) return from
      take(part(bytes, from, end))
      from = end
    }
  })
}

/** A kept connection to a server: answers come in the order of the messages. */
class Upstream {
  private readonly writer: Writer
  private readonly waiting: Writer[] = []

  constructor(port: number) {
    const socket = dial(port)
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

/** Asks for the port that it got, and after the answer listens until the server ends its direction, as the proxy does. */
function forwardOnce(message: Buffer, client: Writer, port: number): void {
  const socket = dial(port)
  socket.on('connect', () => socket.localPort)
  new Writer(socket).write(message)
  readMessages(socket, (answer) => {
    client.write(answer)
    socket.end()
  })
}

function register(message: Buffer): void {
  const { listenport: port }: { listenport: number } = JSON.parse(message.toString())
  ports.push(port)
  if (keepsConnections) upstreams.push(new Upstream(port))
  if (ports.length === SERVERS.length) reportRegistered()
}

accept((socket) => {
  const client = new Writer(socket)
  readMessages(socket, (message) => take(message, client))
})
