// The servers of the accounting relay: each has a connection that stays open, or one for each message.
import crypto from 'node:crypto'
import type net from 'node:net'
import { CONNECT_LIMIT_MS, REPLY_LIMIT_MS } from '../../../src/shared/limits'
import { composeErrorAnswer } from '../../../src/shared/protocol/compose'
import { ERRORS, type ErrorCode } from '../../../src/shared/protocol/errors'
import {
  type Exchange,
  figures,
  ledger,
  nextConnection,
  noteClosed,
  pass,
  readFully,
} from './relay-books'
import { RELAY } from './relay-figures'
import { KIND } from './relay-ledger'
import { type Fields, idIn, payloadOf } from './relay-messages'
import { dial, Writer } from './relay-sockets'

/** How long the relay listens to what a server sends after its answer. */
const AFTER_ANSWER_MS = 200

export class Server {
  private readonly upstreams = new Set<Upstream>()
  private readonly kept: Upstream | undefined

  constructor(
    private readonly id: string,
    readonly party: number,
    private readonly port: number,
    keepsConnection: boolean,
  ) {
    if (keepsConnection) this.kept = this.connect(true)
  }

  get open(): Exchange[] {
    const waiting = [...this.upstreams].flatMap((upstream) => upstream.waiting)
    return waiting.filter(({ isOver }) => !isOver)
  }

  forward(exchange: Exchange): void {
    const upstream = this.kept ?? this.connect(false)
    upstream.forward(exchange)
  }

  /** Ends what has taken too long. */
  keepLimits(): void {
    for (const upstream of this.upstreams) upstream.keepLimits()
  }

  private connect(isKept: boolean): Upstream {
    const upstream = new Upstream(this.id, this.party, dial(this.port), isKept)
    this.upstreams.add(upstream)
    upstream.onClosed = () => this.upstreams.delete(upstream)
    return upstream
  }
}

/** A connection to a server: answers come in the order of the messages. */
class Upstream {
  readonly waiting: Exchange[] = []
  onClosed: () => void = () => {}
  private readonly connection = nextConnection()
  private readonly writer: Writer
  private readonly dialledAt = ledger.now
  private isOpen = false
  private answeredAt: number | undefined

  constructor(
    private readonly id: string,
    private readonly party: number,
    private readonly socket: net.Socket,
    private readonly isKept: boolean,
  ) {
    this.writer = new Writer(socket)
    socket.on('connect', () => this.opened())
    socket.on('close', () => this.closed())
    readFully(socket, (answer, fields, read) => this.answered(answer, fields, read))
  }

  forward(exchange: Exchange): void {
    this.waiting.push(exchange)
    if (this.isOpen) this.write(exchange)
  }

  keepLimits(): void {
    const { answeredAt, dialledAt, isOpen } = this
    if (!isOpen && ledger.now - dialledAt >= CONNECT_LIMIT_MS) this.refuse('SERVER_CONNECT_TIMEOUT')
    if (answeredAt !== undefined && ledger.now - answeredAt >= AFTER_ANSWER_MS) {
      this.socket.destroy()
    }
    this.refuse('SERVER_TIMEOUT', ledger.now - REPLY_LIMIT_MS)
  }

  private opened(): void {
    this.isOpen = true
    ledger.makeRoom(0)
    ledger.now = performance.now()
    ledger.row(KIND.dialled, this.connection, this.socket.localPort ?? 0, this.party)
    for (const exchange of this.waiting) {
      ledger.makeRoom(0)
      this.write(exchange)
    }
  }

  private write({ number, message }: Exchange): void {
    const { length } = message
    pass(KIND.passedOn, this.connection, number, length, length)
    figures.sent(RELAY, length)
    figures.received(this.party, length)
    this.writer.write(message)
  }

  private answered(answer: Buffer, fields: Fields, read: number): void {
    const exchange = this.waiting[0]
    if (exchange === undefined || Number(fields.type) !== 2) {
      this.socket.destroy()
      return
    }
    const { length } = answer
    ledger.makeRoom(length)
    this.waiting.shift()
    const { number, source, payload, from } = exchange
    const packet = pass(KIND.sent, this.connection, number, length, read)
    ledger.message(answer)
    figures.sent(this.party, length)
    figures.received(RELAY, length)
    if (!this.isKept) {
      this.answeredAt = ledger.now
      this.socket.end()
    }
    if (exchange.isOver) return
    const isRight =
      idIn(fields.destid) === source &&
      idIn(fields.srcid) === this.id &&
      payloadOf(fields) === crypto.hash('sha1', payload)
    ledger.row(KIND.verified, isRight ? 1 : 0, number, packet)
    exchange.message = answer
    from.answer(exchange, answer, true)
  }

  /**
   * Gives an error answer in place of the server's to messages that have waited since `before`, or to all. They wait in the order
   * in which they came, so the first that may still wait is the end of it.
   */
  private refuse(code: ErrorCode, before = Number.POSITIVE_INFINITY): void {
    const fault = { code, message: ERRORS[code] }
    for (const exchange of this.waiting) {
      if (exchange.askedAt > before) break
      if (exchange.isOver) continue
      const answer = composeErrorAnswer(exchange.source, fault)
      ledger.makeRoom(answer.length)
      exchange.isOver = true
      exchange.from.answer(exchange, answer, false)
    }
  }

  private closed(): void {
    noteClosed(this.socket, this.connection)
    this.refuse(this.isOpen ? 'SERVER_CLOSED' : 'SERVER_UNREACHABLE')
    this.onClosed()
  }
}
