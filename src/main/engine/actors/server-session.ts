// A connection that was opened to an inside server: answers every client's message with the SHA-1 of its payload.
import type { NodeId, ProtocolId } from '../../../shared/ids'
import { composeAnswer, composeErrorAnswer } from '../../../shared/protocol/compose'
import { type ErrorCode, fault } from '../../../shared/protocol/errors'
import { composeFaultAnswer } from '../../../shared/protocol/fault-answer'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Lab } from '../lab'
import { DirectStream } from '../links/direct-stream'
import { acceptStream, onFirstEvent } from '../links/open-stream'
import type { Arrival, LossReasons, PacketStream, StreamUser } from '../links/packet-stream'
import type { SocketStream } from '../links/socket-stream'
import type { Connection } from '../net/network'
import { hashOf } from '../protocol/verdict'

export class ServerSession implements StreamUser {
  private stream: PacketStream | undefined
  private peerEnded = false

  constructor(
    private readonly lab: Lab,
    private readonly node: { id: NodeId; protocolId: ProtocolId },
    private readonly connection: Connection,
    private readonly onClosed: () => void,
  ) {
    onFirstEvent(connection, () => this.openStream())
  }

  /** Closes the connection: packets that have not arrived are lost for this reason. */
  destroy(reason: ErrorCode): void {
    const stream = this.stream ?? this.openStream()
    stream.destroy(reason)
    this.onClosed()
  }

  arrived({ item, exchange }: Arrival): void {
    this.stream?.send({ exchange, ...this.answerTo(item) })
    if (item.kind === 'message' || !item.fatal) return
    // Nothing more is read, so the connection ends after the answer.
    this.stream?.stopReading()
    this.peerEnded = true
    this.endIfDone()
  }

  noted(text: string): void {
    this.lab.journal.emit({ type: 'log', node: this.node.id, level: 'warning', text })
  }

  written(): void {
    this.endIfDone()
  }

  dropped(): void {
    this.endIfDone()
  }

  ended(): void {
    this.peerEnded = true
    this.endIfDone()
  }

  closed(): void {
    this.onClosed()
  }

  lossReasons(_error: unknown, known: ErrorCode = 'SERVER_CLOSED'): LossReasons {
    return { sent: known, unread: known }
  }

  private openStream(): SocketStream {
    const { lab, node, connection } = this
    const stream = acceptStream(lab, node.id, connection, this, {}, () => {
      return new DirectStream(lab, node.id, connection, this)
    })
    this.stream = stream
    return stream
  }

  private answerTo(item: ScanResult): { kind: 2 | 'error'; bytes: Uint8Array } {
    if (item.kind === 'fault') {
      const bytes = composeFaultAnswer(0, item.fault, this.lab.webPort)
      return { kind: 'error', bytes }
    }
    const { message } = item
    if (message.type !== 0) {
      const unexpected = fault('UNEXPECTED_TYPE', 'A server takes messages of type 0.')
      return { kind: 'error', bytes: composeErrorAnswer(0, unexpected) }
    }
    const hash = hashOf(message.payload)
    return { kind: 2, bytes: composeAnswer(this.node.protocolId, message.source, hash) }
  }

  private endIfDone(): void {
    if (this.peerEnded && this.stream?.idle !== false) this.stream?.end()
  }
}
