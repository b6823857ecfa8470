// As little as we know how to do in Node and still keep our promises: a relay that looks into each message, as the looking relay, and that also
// gives an account of itself. It has exact counters, the latest packets, open exchanges, figures by second, limits of time and
// number, answers in the order of the questions, numbered and timed events that a screen can read from any one on, and asks
// for each packet whether somebody holds it. It has no words for what is wrong, and one algorithm.
import type net from 'node:net'
import { HALF_SENT_LIMIT_MS, MAX_OUTSTANDING, MAX_UNREAD_BYTES } from '../../../src/shared/limits'
import { SERVERS } from './messages'
import { reportRegistered } from './proxy-process'
import { accountOf } from './relay-account'
import {
  type Exchange,
  figures,
  halfSent,
  holders,
  ledger,
  nextConnection,
  noteClosed,
  pass,
  readFully,
} from './relay-books'
import { RELAY } from './relay-figures'
import { KIND } from './relay-ledger'
import { type Fields, idIn, payloadOf } from './relay-messages'
import { Parties, type PolicyOf } from './relay-parties'
import { Server } from './relay-servers'
import { accept, Writer } from './relay-sockets'

const LIMITS_EVERY_MS = 250

const keepsConnections = process.argv.includes('--keep-connections')
const servers: Server[] = []
/** Those whose answers are there, but not those of earlier questions of their connections. */
const early = new Set<Exchange>()
const parties = new Parties<Server>(ledger, figures)
let exchanges = 0

type Policy = PolicyOf<Server>

holders.push({
  get open() {
    return [...early]
  },
})

/** A connection of a client: its answers leave in the order of its questions. */
class Client {
  private readonly connection = nextConnection()
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
    socket.on('close', () => noteClosed(socket, this.connection))
    readFully(socket, (message, fields, read) => this.take(message, fields, read))
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
      policy: policy.party,
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
    const server = new Server(id, party, port, keepsConnections)
    policy.servers.push(server)
    holders.push(server)
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
    figures.end(client, policy, server, ledger.now - askedAt, isRight)
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
}

setInterval(() => {
  ledger.now = performance.now()
  for (const server of servers) server.keepLimits()
  for (const [socket, since] of halfSent) {
    if (ledger.now - since >= HALF_SENT_LIMIT_MS) socket.destroy()
  }
}, LIMITS_EVERY_MS)

accept(
  (socket) => new Client(socket),
  () => accountOf(ledger, figures),
)
