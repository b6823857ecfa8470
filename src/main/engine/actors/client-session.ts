// A client's connection to the proxy: its questions, and whether each answer is right.
import { type ExchangeId, type NodeId, type PacketId, PROXY, type SimMs } from '../../../shared/ids'
import { type ErrorCode, isErrorCode } from '../../../shared/protocol/errors'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Lab } from '../lab'
import type { Outgoing } from '../links/in-transit'
import { dialStream } from '../links/open-stream'
import type { Arrival, LossReasons, PacketStream, StreamUser } from '../links/packet-stream'
import type { Endpoint, NetworkError } from '../net/network'
import { verdictOnHash } from '../protocol/verdict'

interface OutgoingQuestion extends Outgoing {
  readonly payload: string
  /** It should have been sent so much earlier. */
  readonly lateMs: SimMs
}

interface SessionUser {
  /** A question is on its way. */
  asked(): void
  /** A question has its answer, or will never have one. */
  finished(): void
  closed(): void
}

interface Question {
  exchange: ExchangeId
  payload: string
}

export class ClientSession implements StreamUser<OutgoingQuestion> {
  private readonly stream: PacketStream<OutgoingQuestion>
  /** The unanswered questions, in order. */
  private readonly waiting: Question[] = []
  private isRetired = false

  constructor(
    private readonly lab: Lab,
    private readonly client: NodeId,
    proxy: Endpoint,
    private readonly user: SessionUser,
  ) {
    this.stream = dialStream(lab, client, PROXY, proxy, this)
  }

  get unanswered(): number {
    return this.waiting.length
  }

  ask(bytes: Uint8Array, payload: string, lateMs: SimMs): void {
    this.stream.send({ kind: 0, exchange: 'new', bytes, payload, lateMs })
  }

  /** Nothing more is asked: closes once everything is answered. */
  retire(): void {
    this.isRetired = true
    this.endIfDone()
  }

  /** Closes the connection: unanswered messages are lost for this reason. */
  leave(reason: ErrorCode): void {
    this.stream.destroy(reason)
    this.allLost(reason)
  }

  sent(exchange: ExchangeId, { payload, lateMs }: OutgoingQuestion): void {
    this.lab.messageNumbers.began(exchange, this.client)
    this.waiting.push({ exchange, payload })
    if (lateMs > 0) this.lab.journal.emit({ type: 'message.late', exchange, lateMs })
    this.user.asked()
  }

  arrived({ item, packet, exchange }: Arrival): void {
    const question = this.remove(exchange)
    if (question) this.answered(question, item, packet)
    else if (exchange === 0) this.log('warning', 'An answer came that nothing was asked for')
    else this.log('warning', `An answer came to message ${exchange}, which had one already`)
    if (item.kind === 'fault' && item.fatal) this.hangUp(item.fault.message)
    else this.endIfDone()
  }

  /** The question was dropped by hand. */
  dropped(exchange: ExchangeId): void {
    this.lost(exchange)
  }

  /** The answer was dropped by hand. */
  lost(exchange: ExchangeId): void {
    if (this.remove(exchange)) this.finishLost(exchange, 'DROPPED_BY_HAND')
    this.endIfDone()
  }

  ended(): void {
    this.stream.end()
  }

  closed(error: NetworkError | undefined): void {
    if (error) this.log('error', `The connection to the proxy failed: ${error.message}`)
    this.user.closed()
    this.allLost(this.lossReasons(error).sent)
  }

  lossReasons(error: NetworkError | undefined): LossReasons {
    return {
      sent: error?.code === 'REFUSED' ? 'PROXY_UNREACHABLE' : 'PROXY_CLOSED',
      unread: error ? 'PROXY_UNREACHABLE' : 'CLIENT_LEFT',
    }
  }

  private answered({ exchange, payload }: Question, item: ScanResult, packet: PacketId): void {
    const { journal } = this.lab
    const { client } = this
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
      this.user.finished()
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
    this.user.finished()
  }

  private endIfDone(): void {
    if (!this.isRetired || this.waiting.length > 0) return
    this.user.closed()
    this.stream.destroy('CLIENT_LEFT')
  }

  /** Where the next answer begins is not known, so this connection is of no more use. */
  private hangUp(why: string): void {
    this.log('error', `What came is no answer, so the connection is closed. ${why}`)
    this.user.closed()
    this.leave('CLIENT_LEFT')
  }

  private allLost(reason: ErrorCode): void {
    for (const { exchange } of this.waiting.splice(0)) {
      this.lab.messageNumbers.finished(exchange)
      this.finishLost(exchange, reason)
    }
  }

  private finishLost(exchange: ExchangeId, reason: ErrorCode): void {
    this.lab.journal.emit({
      type: 'exchange.finished',
      exchange,
      client: this.client,
      outcome: 'lost',
      server: null,
      reason,
    })
    this.user.finished()
  }

  /** Undefined if no question of this exchange waits for an answer. */
  private remove(exchange: ExchangeId): Question | undefined {
    const index = this.waiting.findIndex((question) => question.exchange === exchange)
    if (index === -1) return undefined
    this.lab.messageNumbers.finished(exchange)
    return this.waiting.splice(index, 1)[0]
  }

  private log(level: 'warning' | 'error', text: string): void {
    this.lab.journal.emit({ type: 'log', node: this.client, level, text })
  }
}

function errorCodeIn(item: ScanResult): ErrorCode {
  if (item.kind === 'fault') return item.fault.code
  const { message } = item
  const code = message.type === 2 ? message.error?.code : undefined
  return code !== undefined && isErrorCode(code) ? code : 'SERVER_BAD_ANSWER'
}
