// What a proxy with our promises must do with each message, and no more: a relay that keeps its connections, and reads and
// checks every message, chooses a server of its policy in turn, and compares the answer with the hash of what was asked.
// `--record`: it also keeps what our events tell of an exchange. It has no screens, no state, no figures, no limits, no
// order of answers, no words for what is wrong, and no way to hold a packet.
import crypto from 'node:crypto'
import type net from 'node:net'
import { SERVERS } from './messages'
import { reportRegistered } from './proxy-process'
import { accept, dial, part, readFrom, Writer } from './relay-sockets'
import { ASKED_EVENTS, NO_STORY, PACKETS, RelayStory, type Story, type Told } from './relay-story'

const CLOSING_BRACE = 0x7d
const story: Story = process.argv.includes('--record') ? new RelayStory() : NO_STORY

interface Fields {
  readonly type: unknown
  readonly srcid?: unknown
  readonly destid?: unknown
  readonly id?: unknown
  readonly privPoliId?: unknown
  readonly privPolyId?: unknown
  readonly listenport?: unknown
  readonly payload?: unknown
}

/** A message of a read: its bytes, its fields, and where it ends there. */
interface Found {
  readonly message: Buffer
  readonly fields: Fields
  readonly end: number
  readonly read: number
}

/**
 * Calls back with each message. A message ends at the first `}` before which JSON is complete, which
 * `JSON.parse` proves.
 */
function readMessages(socket: net.Socket, take: (found: Found) => void): void {
  readFrom(socket, (bytes) => {
    let from = 0
    for (let end = 0; ; ) {
      end = bytes.indexOf(CLOSING_BRACE, end) + 1
      if (end === 0) return from
      const fields = parsed(bytes.toString('utf8', from, end))
      if (fields === undefined) continue
      take({ message: part(bytes, from, end), fields, end, read: bytes.length })
      from = end
    }
  })
}

function parsed(text: string): Fields | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An id may be a number or a string; throws for anything else. */
function idIn(value: unknown): string {
  if (typeof value !== 'number' && typeof value !== 'string') throw new Error('An id is missing.')
  return String(value)
}

function payloadOf({ payload }: Fields): string {
  if (typeof payload !== 'string') throw new Error('A payload is missing.')
  return payload
}

/** One connection of a client. */
interface Client {
  readonly writer: Writer
  readonly connection: number
}

/** A message that waits for its answer. */
interface Exchange extends Told {
  readonly client: Client
  readonly payload: string
}

/** A registered server with its kept connection: answers come in the order of the messages. */
class Server {
  readonly connection = ++connections
  private readonly writer: Writer
  private readonly waiting: Exchange[] = []

  constructor(
    readonly id: string,
    readonly port: number,
  ) {
    const socket = dial(port)
    this.writer = new Writer(socket)
    readMessages(socket, (found) => this.answered(found))
  }

  forward(exchange: Exchange): void {
    this.waiting.push(exchange)
    this.writer.write(exchange.message)
  }

  private answered({ message: answer, fields, end, read }: Found): void {
    const exchange = this.waiting.shift()
    if (exchange === undefined || Number(fields.type) !== 2) throw new Error('This is no answer.')
    const isRight =
      idIn(fields.destid) === exchange.source &&
      idIn(fields.srcid) === this.id &&
      payloadOf(fields) === crypto.hash('sha1', exchange.payload)
    exchange.client.writer.write(answer)
    story.answered(exchange, answer, read, end, isRight)
  }
}

/** The servers of a policy, in the order of their registration. */
interface Policy {
  readonly name: string
  readonly servers: Server[]
  turn: number
}

const policies = new Map<string, Policy>()
let registered = 0
let connections = 0
let exchanges = 0

function take(client: Client, { message, fields }: Found): void {
  const name = idIn(fields.privPoliId ?? fields.privPolyId)
  switch (Number(fields.type)) {
    case 0: {
      const policy = policies.get(name)
      const server = policy?.servers[policy.turn]
      if (policy === undefined || server === undefined)
        throw new Error('Nobody serves this policy.')
      policy.turn = (policy.turn + 1) % policy.servers.length
      server.forward({
        client,
        source: idIn(fields.srcid),
        policy,
        next: policy.turn,
        server,
        message,
        payload: payloadOf(fields),
        number: ++exchanges,
        askedAt: performance.now(),
        firstEvent: story.events(ASKED_EVENTS),
        firstPacket: story.packets(PACKETS),
      })
      break
    }
    case 1: {
      const policy = policies.get(name) ?? { name, servers: [], turn: 0 }
      policies.set(name, policy)
      policy.servers.push(new Server(idIn(fields.id), Number(fields.listenport)))
      if (++registered === SERVERS.length) reportRegistered()
      break
    }
    default:
      throw new Error('This is no message.')
  }
}

accept((socket) => {
  const client = { writer: new Writer(socket), connection: ++connections }
  const { connection } = client
  story.opened(connection, socket)
  socket.on('close', () => story.closed(connection))
  readMessages(socket, (found) => take(client, found))
})
