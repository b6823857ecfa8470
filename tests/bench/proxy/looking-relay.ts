// What a proxy that looks into messages must do with each, and no more: a relay that keeps its connections, and reads and
// checks every message, chooses a server of its policy in turn, and compares the answer with the hash of what was asked.
// `--record`: it also keeps what our events tell of an exchange. It has no screens, no state, no figures, no limits, no
// order of answers, no words for what is wrong, and no way to hold a packet.
import crypto from 'node:crypto'
import { SERVERS } from './messages'
import { reportRegistered } from './proxy-process'
import { type Fields, idIn, payloadOf, readMessages } from './relay-messages'
import { accept, dial, readFrom, Writer } from './relay-sockets'
import { ASKED_EVENTS, NO_STORY, PACKETS, RelayStory, type Story, type Told } from './relay-story'

const story: Story = process.argv.includes('--record') ? new RelayStory() : NO_STORY

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
    readFrom(socket, (bytes) =>
      readMessages(bytes, (answer, fields, end) =>
        this.answered(answer, fields, bytes.length, end),
      ),
    )
  }

  forward(exchange: Exchange): void {
    this.waiting.push(exchange)
    this.writer.write(exchange.message)
  }

  private answered(answer: Buffer, fields: Fields, read: number, end: number): void {
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

function take(client: Client, message: Buffer, fields: Fields): void {
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
  readFrom(socket, (bytes) =>
    readMessages(bytes, (message, fields) => take(client, message, fields)),
  )
})
