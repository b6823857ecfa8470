// One connection that the proxy opened to a server: carries messages to it and reads its answers.
import { otherLoopback } from '../../../shared/addresses'
import type { AwaitedEnd } from '../../../shared/diagnosis/waiting'
import { type ExchangeId, type NodeId, PROXY, type SimMs } from '../../../shared/ids'
import { type ErrorCode, fault } from '../../../shared/protocol/errors'
import type { Lab } from '../lab'
import { dialStream } from '../links/open-stream'
import type {
  Arrival,
  LossReasons,
  PacketStream,
  StreamOptions,
  StreamUser,
} from '../links/packet-stream'
import type { NetworkError } from '../net/network'
import type { Input, UpstreamId } from './protocol'

interface UpstreamTarget {
  id: UpstreamId
  node: NodeId
  address: string
  port: number
}

/**
 * One answer per message, plus one unexpected answer, which ends the connection. A half-sent answer is a fault when the
 * server closes; until then it may continue.
 */
const STREAM_OPTIONS: StreamOptions = { credit: 1, halfSentLimitMs: Number.POSITIVE_INFINITY }

const CLOSED: NetworkError = { code: 'OTHER', message: 'the connection closed before it was open' }
const NEWLINE = new TextEncoder().encode('\n')

export class ServerConnection implements StreamUser {
  private stream: PacketStream
  /** Where to try next, if nothing listens there. */
  private otherHost: string | undefined
  /** What happened where it registered from. */
  private firstError: NetworkError | undefined
  private isOpen = false
  private finished = false

  constructor(
    private readonly lab: Lab,
    private readonly target: UpstreamTarget,
    private readonly tell: (input: Input) => void,
  ) {
    this.otherHost = otherLoopback(target.address)
    this.stream = this.dial(target.address)
  }

  /** Sends a client's message over the link. */
  forward(exchange: ExchangeId, bytes: Uint8Array): void {
    this.stream.send({ kind: 0, exchange, bytes })
    this.stream.allow(1)
  }

  /** Gives the server what it may wait for; it is no message, and so no packet. */
  probe(give: AwaitedEnd): void {
    if (give === 'newline') this.stream.writeAside(NEWLINE)
    else this.stream.end()
  }

  /** How long the link still holds the answer to this exchange; undefined if the server has not answered. */
  answerHeldMs(exchange: ExchangeId): SimMs | undefined {
    return this.stream.heldMs(exchange)
  }

  /** The core is done with it: what is still on the links is lost. */
  hangUp(reason: ErrorCode): void {
    if (this.finished) return
    this.finished = true
    this.stream.destroy(reason)
  }

  opened(): void {
    this.isOpen = true
    this.tell({ type: 'upstreamOpened', upstream: this.target.id })
  }

  written(_packet: number, exchange: ExchangeId): void {
    this.tell({ type: 'forwarded', upstream: this.target.id, exchange })
  }

  /** The proxy has sent it, for all that it knows, and waits for the answer. */
  dropped(exchange: ExchangeId): void {
    this.tell({ type: 'forwarded', upstream: this.target.id, exchange })
  }

  arrived({ item, exchange }: Arrival): void {
    const upstream = this.target.id
    if (exchange === 0) {
      // By now a message may wait again: this is not the answer to it.
      const unasked = fault('SERVER_BAD_ANSWER', 'It sent an answer that nobody asked for.')
      this.tell({ type: 'upstreamFault', upstream, fault: unasked })
    } else if (item.kind === 'fault')
      this.tell({ type: 'upstreamFault', upstream, fault: item.fault })
    else {
      const { message, bytes } = item
      this.tell({ type: 'upstreamMessage', upstream, message, bytes })
    }
  }

  /** Also of a dial that has failed, which `closed` reports. */
  ended(): void {
    if (this.finished || !this.isOpen) return
    this.tell({ type: 'upstreamClosed', upstream: this.target.id })
    this.hangUp('SERVER_CLOSED')
  }

  closed(error: NetworkError | undefined): void {
    if (this.isOpen || this.finished) return
    const { otherHost } = this
    this.firstError ??= error
    if (error?.code === 'REFUSED' && otherHost !== undefined) {
      this.otherHost = undefined
      this.stream = this.dial(otherHost)
      return
    }
    this.finished = true
    const { message, code } = this.firstError ?? CLOSED
    const isRefusal = code === 'REFUSED'
    this.tell({ type: 'upstreamRefused', upstream: this.target.id, message, isRefusal })
  }

  private dial(host: string): PacketStream {
    const { node, port } = this.target
    return dialStream(this.lab, PROXY, node, { host, port }, this, STREAM_OPTIONS)
  }

  noted(text: string): void {
    const { node } = this.target
    this.lab.journal.emit({ type: 'log', node, level: 'warning', text })
  }

  lossReasons(): LossReasons {
    return { sent: 'SERVER_CLOSED', unread: 'SERVER_CLOSED' }
  }
}
