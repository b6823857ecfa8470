// A connection that was opened to an inside server: answers every client's message with the SHA-1 of its
// payload, or with what a person has typed, once the server's work on it is done.
import {
  type ConnectionId,
  type ExchangeId,
  type NodeId,
  PROXY,
  type ProtocolId,
  type SimMs,
} from '../../../shared/ids'
import { composeAnswer, composeErrorAnswer } from '../../../shared/protocol/compose'
import { type ErrorCode, fault } from '../../../shared/protocol/errors'
import { composeFaultAnswer } from '../../../shared/protocol/fault-answer'
import type { ClientMessage } from '../../../shared/protocol/message'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
import { DirectStream } from '../links/direct-stream'
import { EdgeStream } from '../links/edge-stream'
import { acceptStream, onFirstEvent } from '../links/open-stream'
import type { Arrival, LossReasons, PacketStream, StreamUser } from '../links/packet-stream'
import type { SocketStream } from '../links/socket-stream'
import type { Connection } from '../net/network'
import { hashOf } from '../protocol/verdict'
import type { WorkedOn } from './job'
import type { Misbehaviour } from './misbehaviour'
import type { Work } from './work'

interface Answer {
  readonly kind: 2 | 'error'
  readonly bytes: Uint8Array
  /** How the connection ends after it. */
  readonly ending?: Ending
}

type Ending = 'closing' | 'resetting'

/** What the sessions of a server share. */
interface ServerParts {
  readonly node: { readonly id: NodeId; readonly protocolId: ProtocolId }
  readonly work: Work
  readonly misbehaviour: Misbehaviour
}

interface SessionOwner {
  closed(): void
  /** The server crashes, and starts again after this time; 0: it does not. */
  crash(startsAgainMs: SimMs): void
}

/** A message, or a fault, that waits for its answer. `answer`: it waits for those before it. */
interface Unanswered {
  readonly exchange: ExchangeId
  answer: Answer | 'never' | Ending | undefined
  /** The server's work on it, if it has begun any. */
  message?: WorkedOn
}

export class ServerSession implements StreamUser {
  private stream: PacketStream | undefined
  /** The connection's number, if a program in the proxy's place has opened it. */
  private foreign: ConnectionId | undefined
  private peerEnded = false
  private isClosed = false
  private ending: Ending = 'closing'
  /** Its messages that are not answered yet. The answers go in the same order, whichever is ready first. */
  private readonly unanswered: Unanswered[] = []
  /** The timers of answers that are slow on purpose. */
  private readonly slow = new Set<Timer>()

  constructor(
    private readonly lab: Lab,
    private readonly server: ServerParts,
    private readonly connection: Connection,
    private readonly owner: SessionOwner,
  ) {
    onFirstEvent(connection, () => this.openStream())
  }

  /** Closes the connection: packets that have not arrived are lost for this reason. */
  destroy(reason: ErrorCode): void {
    const stream = this.stream ?? this.openStream()
    stream.destroy(reason)
    this.closed()
  }

  arrived({ item, exchange }: Arrival): void {
    const asked: Unanswered = { exchange, answer: undefined }
    this.unanswered.push(asked)
    this.workOn(item, asked)
    if (item.kind === 'message' || !item.fatal) return
    // Nothing more is read, so the connection ends after the answer.
    this.stream?.stopReading()
    this.peerEnded = true
    this.endIfDone()
  }

  private workOn(item: ScanResult, asked: Unanswered): void {
    if (item.kind === 'fault' || item.message.type !== 0) {
      this.ready(asked, this.complaintOn(item))
      return
    }
    const { message } = item
    const { source } = message
    const { node, misbehaviour } = this.server
    const spelling = this.lab.seat.foreign?.spelling
    const answer = (hash: string) => composeAnswer(node.protocolId, source, hash, spelling)
    const reaction = misbehaviour.reactionTo({ message, server: node.protocolId, answer })
    switch (reaction?.do) {
      case undefined:
        this.answerAfterWork(message, asked, (hash) => ({ kind: 2, bytes: answer(hash) }))
        return
      case 'answer': {
        const { kind, bytes, laterMs } = reaction
        this.answerAfterWork(message, asked, (hash) => ({ kind, bytes: bytes(hash) }), laterMs)
        return
      }
      case 'breakOff': {
        const { bytes, by } = reaction
        this.answerAfterWork(message, asked, (hash) => ({
          kind: 'error',
          bytes: bytes(hash),
          ending: by,
        }))
        return
      }
      case 'close':
        this.ready(asked, 'closing')
        return
      case 'nothing':
        this.ready(asked, 'never')
        return
      case 'crash':
        this.owner.crash(reaction.startsAgainMs)
    }
  }

  private answerAfterWork(
    { source: client, rawSource, payload }: ClientMessage,
    asked: Unanswered,
    answer: (hash: string) => Answer,
    laterMs = 0,
  ): void {
    const { messageNumbers } = this.lab
    const { exchange } = asked
    const random = () => messageNumbers.random('work', exchange)
    asked.message = { exchange, client, payload, random }
    const begun = this.server.work.begin(asked.message, (typed) => {
      const give = () => this.ready(asked, answer(typed ?? hashOf(payload)))
      if (laterMs === 0) give()
      else this.schedule(laterMs, give)
    })
    if (begun) return
    const bytes = composeErrorAnswer(rawSource, fault('SERVER_OVERLOADED'))
    this.ready(asked, { kind: 'error', bytes })
  }

  private schedule(ms: SimMs, answer: () => void): void {
    const timer = this.lab.clock.schedule(ms, () => {
      this.slow.delete(timer)
      answer()
    })
    this.slow.add(timer)
  }

  /** Also after the asker has left: a server notices that only when it writes. */
  private ready(asked: Unanswered, answer: NonNullable<Unanswered['answer']>): void {
    asked.answer = answer
    for (let [first] = this.unanswered; first?.answer; [first] = this.unanswered) {
      if (first.answer === 'never') break
      this.unanswered.shift()
      if (!this.isClosed) this.send(first.exchange, first.answer)
    }
    this.endIfDone()
  }

  private send(exchange: ExchangeId, answer: Answer | Ending): void {
    const ending = typeof answer === 'string' ? answer : answer.ending
    if (typeof answer !== 'string') {
      const { kind, bytes } = answer
      this.stream?.send({ exchange, kind, bytes })
    }
    if (ending === undefined) return
    // Whatever else was asked on this connection is not answered.
    this.unanswered.length = 0
    this.ending = ending
    this.peerEnded = true
    this.stream?.stopReading()
  }

  noted(text: string): void {
    this.lab.journal.emit({ type: 'log', node: this.server.node.id, level: 'warning', text })
  }

  written(): void {
    this.endIfDone()
  }

  dropped(): void {
    this.endIfDone()
  }

  /** Our own proxy ends a connection only when it gives up; a program in its place may end its direction and wait on. */
  ended(): void {
    this.peerEnded = true
    if (this.foreign === undefined) this.withdraw()
    this.endIfDone()
  }

  /** Nobody waits for its answers any more. */
  private withdraw(): void {
    for (const asked of [...this.unanswered]) {
      const { answer, message } = asked
      if (answer !== undefined || message === undefined) continue
      if (this.server.work.withdraw(message)) asked.answer = 'never'
    }
  }

  closed(): void {
    if (this.isClosed) return
    this.isClosed = true
    const { foreign: connection } = this
    if (connection !== undefined)
      this.lab.journal.emit({ type: 'connection.closed', connection, node: PROXY })
    this.withdraw()
    for (const timer of this.slow) this.lab.clock.cancel(timer)
    this.slow.clear()
    this.owner.closed()
  }

  lossReasons(_error: unknown, known: ErrorCode = 'SERVER_CLOSED'): LossReasons {
    return { sent: known, unread: known }
  }

  private openStream(): SocketStream {
    const { lab, connection } = this
    const { node } = this.server
    const stream = acceptStream(lab, node.id, connection, this, {}, () => {
      // A sender that is not inside the lab is the program in the proxy's place, or a client that dials past the proxy.
      const sender = lab.seat.foreign?.questioner(node.id)
      if (sender === undefined || lab.connections.isCheck(connection.remotePort))
        return new DirectStream(lab, node.id, connection, this)
      const ends = { connection: lab.journal.nextConnection(), node: node.id, other: PROXY }
      this.foreign = ends.connection
      lab.journal.emit({
        type: 'connection.opened',
        connection: ends.connection,
        from: PROXY,
        to: node.id,
        fromPort: connection.remotePort,
        toPort: connection.localPort,
        fromAddress: connection.remoteAddress,
        toAddress: connection.localAddress,
      })
      return new EdgeStream(lab, ends, sender, connection, this)
    })
    this.stream = stream
    return stream
  }

  private complaintOn(item: ScanResult): Answer {
    if (item.kind === 'fault') {
      const bytes = composeFaultAnswer(0, item.fault, this.lab.webPort)
      return { kind: 'error', bytes }
    }
    const unexpected = fault('UNEXPECTED_TYPE', 'A server takes messages of type 0.')
    return { kind: 'error', bytes: composeErrorAnswer(0, unexpected) }
  }

  private endIfDone(): void {
    const [first] = this.unanswered
    if (this.isClosed || (first !== undefined && first.answer !== 'never')) return
    if (!this.peerEnded || this.stream?.idle === false) return
    if (this.ending === 'resetting') this.connection.reset()
    else this.stream?.end()
  }
}
