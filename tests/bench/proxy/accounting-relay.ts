// As little as we know how to do in Node and still keep our promises: a relay that looks into each message, as the looking relay, and that also
// gives an account of itself. It has exact counters, the latest packets, open exchanges, figures by second, limits of time and
// number, answers in the order of the questions, numbered and timed events that a screen can read from any one on, and asks
// for each packet whether somebody holds it. It has no words for what is wrong, and one algorithm.
import crypto from 'node:crypto'
import type net from 'node:net'
import {
  HALF_SENT_LIMIT_MS,
  MAX_OUTSTANDING,
  MAX_UNREAD_BYTES,
  REPLY_LIMIT_MS,
} from '../../../src/shared/limits'
import { composeErrorAnswer } from '../../../src/shared/protocol/compose'
import { ERRORS } from '../../../src/shared/protocol/errors'
import { SERVERS } from './messages'
import { reportRegistered } from './proxy-process'
import { accountOf } from './relay-account'
import { RELAY, RelayFigures } from './relay-figures'
import { KIND, type Open, RelayLedger } from './relay-ledger'
import { type Fields, idIn, payloadOf, readMessages } from './relay-messages'
import { Parties, type PolicyOf } from './relay-parties'
import { accept, dial, readFrom, Writer } from './relay-sockets'

const LIMITS_EVERY_MS = 250

const figures = new RelayFigures()
const servers: Server[] = []
/** Those whose answers are there, but not those of earlier questions of their connections. */
const early = new Set<Exchange>()
const ledger = new RelayLedger(figures, () => [
  ...servers.flatMap((server) => server.open),
  ...early,
])
const parties = new Parties<Server>(ledger, figures)
/** What a person may set at any time. The benchmark sets none, and each packet asks. */
const held = { breakpoints: 0, latencyMs: 0 }
/** Connections that have sent a part of a message, and since when. */
const halfSent = new Map<net.Socket, number>()
let connections = 0
let exchanges = 0

type Policy = PolicyOf<Server>

/** A message that waits for its answer. */
interface Exchange extends Open {
  readonly from: Client
  /** Its place among the questions of its connection. */
  readonly turn: number
  readonly source: string
  readonly payload: string
  readonly policy: Policy
  /** What is still to be passed on: the question, then the answer. */
  message: Uint8Array
  /** An error answer was sent in place of the server's. */
  isOver: boolean
}

/** A packet is sent and, unless somebody holds it, delivered. `read`: the bytes of the read that brought it. */
function pass(
  kind: number,
  connection: number,
  exchange: number,
  own: number,
  read: number,
): number {
  const packet = ledger.sent(kind, connection, exchange)
  if (read !== own) ledger.row(KIND.read, own, packet, read)
  if (held.breakpoints > 0 || held.latencyMs > 0) throw new Error('The benchmark holds no packet.')
  ledger.row(KIND.delivered, 0, packet, 0)
  return packet
}

/** Calls back with each message of a socket, and notes whether a part of one is left. */
function readFully(
  socket: net.Socket,
  take: (message: Buffer, fields: Fields, end: number, read: number) => void,
): void {
  readFrom(socket, (bytes) => {
    ledger.now = performance.now()
    const { length } = bytes
    const rest = readMessages(bytes, (message, fields, end) => take(message, fields, end, length))
    if (rest === length) {
      if (halfSent.size > 0) halfSent.delete(socket)
    } else if (rest > 0 || !halfSent.has(socket)) halfSent.set(socket, ledger.now)
    return rest
  })
}

/** A connection of a client: its answers leave in the order of its questions. */
class Client {
  private readonly connection = ++connections
  private readonly writer: Writer
  private asked = 0
  private nextAnswered = 0
  private isPaused = false
  /** Answers that came before those of earlier questions, by their turns. */
  private readonly early = new Map<number, [Exchange, Uint8Array, boolean]>()

  constructor(private readonly socket: net.Socket) {
    this.writer = new Writer(socket)
    const address = Buffer.from(socket.remoteAddress ?? '')
    ledger.makeRoom(address.length)
    ledger.now = performance.now()
    ledger.row(KIND.opened, this.connection, socket.remotePort ?? 0, 0)
    ledger.message(address)
    socket.on('drain', () => this.limitReading())
    socket.on('close', () => this.closed())
    readFully(socket, (message, fields, _end, read) => this.take(message, fields, read))
  }

  private take(message: Buffer, fields: Fields, read: number): void {
    const policy = parties.policy(idIn(fields.privPoliId ?? fields.privPolyId))
    if (Number(fields.type) === 0) this.ask(policy, message, fields, read)
    else if (Number(fields.type) === 1) this.register(policy, message, fields, read)
    else throw new Error('This is no message.')
  }

  private ask(policy: Policy, message: Buffer, fields: Fields, read: number): void {
    const place = policy.turn
    const server = policy.servers[place]
    if (server === undefined) throw new Error('Nobody serves this policy.')
    policy.turn = place + 1 === policy.servers.length ? 0 : place + 1
    const source = idIn(fields.srcid)
    const client = parties.client(source)
    const { length } = message
    ledger.makeRoom(length)
    const number = ++exchanges
    const packet = pass(KIND.sent, this.connection, number, length, read)
    ledger.message(message)
    figures.sent(client, length)
    figures.received(RELAY, length)
    figures.begin(client, policy.party, server.party)
    ledger.row(KIND.decided, server.party, number, (place << 16) | policy.turn)
    this.asked++
    this.limitReading()
    server.forward({
      number,
      packet,
      askedAt: ledger.now,
      client,
      server: server.party,
      message,
      from: this,
      turn: this.asked - 1,
      source,
      payload: payloadOf(fields),
      policy,
      isOver: false,
    })
  }

  private register(policy: Policy, message: Buffer, fields: Fields, read: number): void {
    const id = idIn(fields.id)
    const party = parties.named(`server ${id}`)
    ledger.makeRoom(message.length)
    pass(KIND.sent, this.connection, 0, message.length, read)
    ledger.message(message)
    figures.sent(party, message.length)
    figures.received(RELAY, message.length)
    const port = Number(fields.listenport)
    ledger.row(KIND.registered, party, policy.party, port)
    const server = new Server(id, party, port)
    policy.servers.push(server)
    if (servers.push(server) === SERVERS.length) reportRegistered()
  }

  /** An answer has come, or is given in place of one. */
  answer(exchange: Exchange, answer: Uint8Array, isAnswered: boolean): void {
    if (exchange.turn !== this.nextAnswered) {
      this.early.set(exchange.turn, [exchange, answer, isAnswered])
      early.add(exchange)
      return
    }
    this.send(exchange, answer, isAnswered)
    while (this.early.size > 0) {
      const next = this.early.get(this.nextAnswered)
      if (next === undefined) break
      ledger.makeRoom(next[1].length)
      this.early.delete(this.nextAnswered)
      early.delete(next[0])
      this.send(...next)
    }
  }

  private send(exchange: Exchange, answer: Uint8Array, isAnswered: boolean): void {
    const { socket } = this
    const { number, client, server, policy, askedAt } = exchange
    this.nextAnswered++
    const isThere = !socket.destroyed
    if (isThere) {
      const { length } = answer
      pass(isAnswered ? KIND.passedOn : KIND.refused, this.connection, number, length, length)
      if (!isAnswered) ledger.message(answer)
      figures.sent(RELAY, length)
      figures.received(client, length)
      this.writer.write(answer)
    }
    this.limitReading()
    const isRight = isAnswered && isThere
    ledger.row(KIND.finished, isRight ? 1 : 0, number, client)
    figures.end(client, policy.party, server, ledger.now - askedAt, isRight)
  }

  /** Reads on only as long as not too much waits for answers, or to be read by the client. */
  private limitReading(): void {
    const { socket, asked, nextAnswered } = this
    const unanswered = asked - nextAnswered
    const isPaused = unanswered >= MAX_OUTSTANDING || socket.writableLength > MAX_UNREAD_BYTES
    if (isPaused === this.isPaused) return
    this.isPaused = isPaused
    if (isPaused) socket.pause()
    else socket.resume()
  }

  private closed(): void {
    halfSent.delete(this.socket)
    ledger.makeRoom(0)
    ledger.now = performance.now()
    ledger.row(KIND.closed, this.connection, 0, 0)
  }
}

/** A registered server with its kept connection: answers come in the order of the messages. */
class Server {
  private readonly connection = ++connections
  private readonly writer: Writer
  private readonly waiting: Exchange[] = []

  constructor(
    private readonly id: string,
    readonly party: number,
    port: number,
  ) {
    const socket = dial(port)
    this.writer = new Writer(socket)
    readFully(socket, (answer, fields, end, read) => this.answered(answer, fields, end, read))
  }

  get open(): Exchange[] {
    return this.waiting.filter(({ isOver }) => !isOver)
  }

  forward(exchange: Exchange): void {
    const { number, message } = exchange
    const { length } = message
    pass(KIND.passedOn, this.connection, number, length, length)
    figures.sent(RELAY, length)
    figures.received(this.party, length)
    this.waiting.push(exchange)
    this.writer.write(message)
  }

  private answered(answer: Buffer, fields: Fields, _end: number, read: number): void {
    const exchange = this.waiting[0]
    if (exchange === undefined || Number(fields.type) !== 2) throw new Error('This is no answer.')
    const { length } = answer
    ledger.makeRoom(length)
    this.waiting.shift()
    const { number, source, payload, from } = exchange
    const packet = pass(KIND.sent, this.connection, number, length, read)
    ledger.message(answer)
    figures.sent(this.party, length)
    figures.received(RELAY, length)
    if (exchange.isOver) return
    const isRight =
      idIn(fields.destid) === source &&
      idIn(fields.srcid) === this.id &&
      payloadOf(fields) === crypto.hash('sha1', payload)
    ledger.row(KIND.verified, isRight ? 1 : 0, number, packet)
    exchange.message = answer
    from.answer(exchange, answer, true)
  }

  /** Those that wait are in the order in which they came, so the first that may still wait is the end of it. */
  refuseLate(): void {
    const fault = { code: 'SERVER_TIMEOUT', message: ERRORS.SERVER_TIMEOUT } as const
    for (const exchange of this.waiting) {
      if (ledger.now - exchange.askedAt < REPLY_LIMIT_MS) break
      if (exchange.isOver) continue
      const answer = composeErrorAnswer(exchange.source, fault)
      ledger.makeRoom(answer.length)
      exchange.isOver = true
      exchange.from.answer(exchange, answer, false)
    }
  }
}

setInterval(() => {
  ledger.now = performance.now()
  for (const server of servers) server.refuseLate()
  for (const [socket, since] of halfSent) {
    if (ledger.now - since >= HALF_SENT_LIMIT_MS) socket.destroy()
  }
}, LIMITS_EVERY_MS)

accept(
  (socket) => new Client(socket),
  () => accountOf(ledger, figures),
)
