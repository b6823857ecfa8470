// An inside client: sends messages to the proxy over one connection, which it keeps, and checks each answer's hash.
import type { Node } from '../../../shared/events'
import type { ExchangeId, PacketId, ProtocolId } from '../../../shared/ids'
import { composeClientMessage } from '../../../shared/protocol/compose'
import { type ErrorCode, isErrorCode } from '../../../shared/protocol/errors'
import { MessageScanner, type Scanned } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
import { decodeUtf8 } from '../protocol/utf8'
import { verdictOnHash } from '../protocol/verdict'
import { dialProxy, type Endpoint, type ProxyConnection } from './dial-proxy'

interface Question {
  exchange: ExchangeId
  payload: string
}

interface Session extends ProxyConnection {
  scanner: MessageScanner
  /** Asked and not answered, in order. */
  asked: Question[]
}

interface Message {
  policy: ProtocolId
  payload: string
}

export class ClientActor {
  private session: Session | undefined
  private readonly scheduled = new Set<Timer>()

  constructor(
    private readonly lab: Lab,
    private readonly proxy: Endpoint,
    public node: Node & { protocolId: ProtocolId; policy: ProtocolId; payload: string },
  ) {}

  /** Sends one message after a delay of simulated time; without a delay, at once. */
  sendLater(message: Message, delayMs: number): void {
    if (delayMs === 0) {
      this.send(message)
      return
    }
    const timer = this.lab.clock.schedule(delayMs, () => {
      this.scheduled.delete(timer)
      this.send(message)
    })
    this.scheduled.add(timer)
  }

  /** Leaves at once: what is unanswered is lost. */
  stop(reason: ErrorCode): void {
    for (const timer of this.scheduled) this.lab.clock.cancel(timer)
    this.scheduled.clear()
    const { session } = this
    if (session === undefined) return
    this.over(session, reason)
    session.connection.destroy()
  }

  private send({ policy, payload }: Message): void {
    const session = this.session ?? this.connect()
    const bytes = composeClientMessage(this.node.protocolId, policy, payload)
    session.outbound.carry({
      kind: 0,
      exchange: 'new',
      bytes,
      sent: (exchange) => session.asked.push({ exchange, payload }),
      handOver: (packet, exchange, written) => {
        session.wire.toAcceptor.sent(packet, exchange, written.length)
        session.connection.write(written)
      },
      dropped: (exchange) => this.lose(session, exchange),
    })
  }

  private connect(): Session {
    const opened = dialProxy(this.lab, this.node.id, this.proxy, {
      data: (bytes) => this.data(session, bytes),
      closed: (error) => {
        if (error) this.log('error', `The connection to the proxy failed: ${error.message}`)
        this.over(session, error?.code === 'REFUSED' ? 'PROXY_UNREACHABLE' : 'PROXY_CLOSED')
      },
    })
    const session: Session = {
      ...opened,
      scanner: new MessageScanner({ decode: decodeUtf8 }),
      asked: [],
    }
    session.wire.toDialler.missing = (exchange) => this.lose(session, exchange)
    this.session = session
    return session
  }

  private data(session: Session, bytes: Uint8Array): void {
    const { toDialler } = session.wire
    toDialler.came(bytes.length, this.lab.clock.now())
    for (const item of session.scanner.push(bytes)) {
      const { packet, exchange } = toDialler.taken(item.end) ?? { packet: 0, exchange: 0 }
      const question = takeQuestion(session, exchange)
      if (question) this.answered(question, item, packet)
      else if (exchange === 0) this.log('warning', 'An answer came that nothing was asked for')
      else this.log('warning', `An answer came to message ${exchange}, which had one already`)
    }
    toDialler.arrived(session.scanner.received)
  }

  private answered({ exchange, payload }: Question, item: Scanned, packet: PacketId): void {
    const { journal } = this.lab
    const { id: client } = this.node
    const message = item.kind === 'message' ? item.message : undefined
    if (message?.type !== 2 || message.error) {
      const reason = errorCodeIn(item)
      journal.emit({ type: 'answer.verified', exchange, packet, node: client, verdict: 'error' })
      journal.emit({
        type: 'exchange.finished',
        exchange,
        client,
        outcome: 'refused',
        server: null,
        reason,
      })
      return
    }
    const verdict = verdictOnHash(message.payload, payload)
    journal.emit({ type: 'answer.verified', exchange, packet, node: client, verdict })
    journal.emit({
      type: 'exchange.finished',
      exchange,
      client,
      outcome: 'answered',
      server: message.source,
      reason: null,
    })
  }

  private over(session: Session, reason: ErrorCode): void {
    if (this.session === session) this.session = undefined
    session.outbound.drop(reason)
    for (const { exchange } of session.asked.splice(0)) this.tellLost(exchange, reason)
  }

  /** The question, or its answer, was dropped by hand: there will be none. */
  private lose(session: Session, exchange: ExchangeId): void {
    if (takeQuestion(session, exchange)) this.tellLost(exchange, 'DROPPED_BY_HAND')
  }

  private tellLost(exchange: ExchangeId, reason: ErrorCode): void {
    this.lab.journal.emit({
      type: 'exchange.finished',
      exchange,
      client: this.node.id,
      outcome: 'lost',
      server: null,
      reason,
    })
  }

  private log(level: 'warning' | 'error', text: string): void {
    this.lab.journal.emit({ type: 'log', node: this.node.id, level, text })
  }
}

/** Off the list of what is asked; undefined where it is not on it. */
function takeQuestion({ asked }: Session, exchange: ExchangeId): Question | undefined {
  const place = asked.findIndex((question) => question.exchange === exchange)
  return place === -1 ? undefined : asked.splice(place, 1)[0]
}

function errorCodeIn(item: Scanned): ErrorCode {
  if (item.kind === 'fault') return item.fault.code
  const { message } = item
  const code = message.type === 2 ? message.error?.code : undefined
  return code !== undefined && isErrorCode(code) ? code : 'SERVER_BAD_ANSWER'
}
