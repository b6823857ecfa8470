// One connection that somebody opened to the proxy: a client, a server that registers, or a program that has not said
// yet what it is. Passes its messages to the core, as many as may be unanswered at a time, and its answers back.
import type { ConnectionId, ExchangeId, Machine, NodeId, PacketId } from '../../../shared/ids'
import { isUnknownProgram, PROXY, unknownProgram } from '../../../shared/ids'
import {
  HALF_SENT_LIMIT_MS,
  LINGER_MS,
  MAX_OUTSTANDING,
  MAX_SERVERS,
  MAX_UNREAD_BYTES,
} from '../../../shared/limits'
import type { ErrorCode, Fault } from '../../../shared/protocol/errors'
import type { Registration } from '../../../shared/protocol/message'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import type { Guest } from '../guests/machine'
import { GuestWindow } from '../guests/window'
import type { Lab } from '../lab'
import { EdgeStream } from '../links/edge-stream'
import type { Outgoing } from '../links/in-transit'
import { acceptStream, onFirstEvent } from '../links/open-stream'
import type { OutsideSender } from '../links/outside-sender'
import type { Arrival, LossReasons, StreamOptions, StreamUser } from '../links/packet-stream'
import type { SocketStream } from '../links/socket-stream'
import type { Connection } from '../net/network'
import { portOwner } from '../own-ports'
import type { OutsidePrograms } from './outside-programs'
import { OutsideVerdicts } from './outside-verdicts'
import type { Effect, Input } from './protocol'
import { guestRefusal } from './registration-refusals'

type Answer = Extract<Effect, { type: 'answer' }>

interface OutgoingAnswer extends Outgoing {
  readonly answer: Answer
}

const STREAM_OPTIONS: StreamOptions = {
  credit: MAX_OUTSTANDING,
  maxUnsentBytes: MAX_UNREAD_BYTES,
  halfSentLimitMs: HALF_SENT_LIMIT_MS,
}
/** What may be read next is up to their window. */
const GUEST_OPTIONS: StreamOptions = { ...STREAM_OPTIONS, credit: 1 }

export class ClientConnection implements StreamUser<OutgoingAnswer> {
  readonly id: ConnectionId
  /**
   * Whose connection it is: the program of its first valid message, whatever ids later messages carry. Each of those
   * belongs to the program that it names.
   */
  node: NodeId | undefined
  onClosed: () => void = () => {}
  /** Set for a program of the room. */
  private guest: Guest | undefined
  private window: GuestWindow | undefined

  private stream: SocketStream<OutgoingAnswer> | undefined
  private readonly verdicts: OutsideVerdicts
  /** Messages that have arrived and whose answer is not written or, of a registration, that are not in the table. */
  private outstanding = 0
  private lingerTimer: Timer | undefined
  private peerEnded = false
  /** Set when bytes were not a message, or answers no longer get through: later messages are ignored. */
  private hasFailed = false
  private closing = false
  private isClosed = false

  constructor(
    private readonly lab: Lab,
    private readonly outside: OutsidePrograms,
    private readonly connection: Connection,
    private readonly tell: (input: Input) => void,
    guest?: Guest,
  ) {
    this.guest = guest
    this.id = lab.journal.nextConnection()
    this.verdicts = new OutsideVerdicts(lab.journal)
    tell({ type: 'clientOpened', client: this.id })
    onFirstEvent(connection, () => this.openStream())
  }

  /** Its own port, and the proxy's. */
  get ports(): { port: number; otherPort: number } {
    const { remotePort, localPort } = this.connection
    return { port: remotePort, otherPort: localPort }
  }

  /** The machine of the room from which it comes. */
  get machine(): Machine | undefined {
    return this.guest?.machine
  }

  /** Sends an answer over the link. */
  answer(answer: Answer): void {
    if (this.isClosed) return
    const { exchange, kind, bytes } = answer
    const to = this.verdicts.clientOf(exchange) ?? this.node
    this.stream?.send({ kind, exchange, bytes, to, answer })
  }

  /** A registration is in the table. */
  registered(): void {
    this.done()
  }

  /** No more is read; the connection closes after the answers that are due. */
  closeWhenAnswered(): void {
    this.closing = true
    this.stream?.stopReading()
    this.endIfDone()
  }

  /** Closes the connection: what is on its links, and what is unanswered, is lost for this reason. */
  destroy(reason: ErrorCode): void {
    const stream = this.stream ?? this.openStream()
    if (this.isClosed) return
    this.isClosed = true
    this.guest?.leave()
    stream.destroy(reason)
    if (this.lingerTimer) this.lab.clock.cancel(this.lingerTimer)
    this.tell({ type: 'clientClosed', client: this.id })
    this.verdicts.allLost(reason)
    this.outside.disconnected(this.id)
    this.onClosed()
  }

  arrived({ item, exchange, from }: Arrival): void {
    if (this.hasFailed) {
      this.verdicts.lost(exchange, 'PROXY_CLOSED')
      this.allowNext()
      return
    }
    this.outstanding++
    this.node ??= from
    if (item.kind === 'fault') {
      const { fault, bytes, fatal } = item
      this.hasFailed = fatal
      this.lab.journal.emit({ type: 'log', node: from, level: 'error', text: fault.message })
      this.tell({ type: 'clientFault', client: this.id, exchange, fault, bytes, fatal })
      return
    }
    const { message, bytes } = item
    const address = this.connection.remoteAddress
    const isRegistration = message.type === 1
    this.tell({
      type: 'clientMessage',
      client: this.id,
      exchange,
      message,
      bytes,
      address,
      node: isRegistration ? this.registrantOf(item, from) : from,
      portOwner: isRegistration ? portOwner(this.lab, address, message.listenPort) : undefined,
      refusal: isRegistration ? this.guestRefusal(message) : undefined,
    })
  }

  written(
    packet: PacketId,
    _exchange: ExchangeId,
    bytes: Uint8Array,
    { answer }: OutgoingAnswer,
    isCopy: boolean,
  ): void {
    this.verdicts.answered(packet, bytes, answer)
    // An answer that is sent twice by hand answers one message.
    if (isCopy) this.endIfDone()
    else this.done()
  }

  dropped(exchange: ExchangeId): void {
    this.verdicts.lost(exchange, 'DROPPED_BY_HAND')
    this.done()
  }

  swallowed(_packet: PacketId, exchange: ExchangeId): void {
    this.verdicts.lost(exchange, 'LOST_ON_LINK')
    this.done()
  }

  cutting(): void {
    this.hasFailed = true
  }

  noted(text: string): void {
    const node = this.node ?? PROXY
    this.lab.journal.emit({ type: 'log', node, level: 'warning', text })
  }

  lost(exchange: ExchangeId): void {
    this.verdicts.lost(exchange, 'DROPPED_BY_HAND')
    this.endIfDone()
  }

  ended(): void {
    this.peerEnded = true
    this.endIfDone()
  }

  closed(): void {
    this.destroy('CLIENT_LEFT')
  }

  lossReasons(): LossReasons {
    return { sent: 'CLIENT_LEFT', unread: 'PROXY_CLOSED' }
  }

  private openStream(): SocketStream<OutgoingAnswer> {
    const { lab, connection } = this
    const stream = acceptStream(lab, PROXY, connection, this, STREAM_OPTIONS, () => {
      this.guest ??= this.outside.guests.enterFromHere(connection)
      if (this.guest) this.window = new GuestWindow(this.guest, () => this.stream?.allow(1))
      const ends = { connection: this.id, node: PROXY, other: unknownProgram(this.machine) }
      const options = this.guest ? GUEST_OPTIONS : STREAM_OPTIONS
      return new EdgeStream(lab, ends, this.programs(), connection, this, options)
    })
    this.stream = stream
    return stream
  }

  /** The outside programs that share this connection. */
  private programs(): OutsideSender {
    return {
      nodeOf: (item) => {
        const node = this.outsideSender(item, this.node)
        this.identify(node)
        this.window?.taken(item.bytes.length)
        return node
      },
      exchangeOf: (item) => (item.kind === 'message' && item.message.type === 0 ? 'new' : 0),
      sent: (exchange, node, item) => this.verdicts.asked(exchange, node, item),
    }
  }

  /** The program at the other end is known from its first valid message on. */
  private identify(node: NodeId): void {
    if (this.node === node) return
    if (this.node !== undefined && !isUnknownProgram(this.node)) return
    if (this.node !== undefined) this.outside.disconnected(this.id)
    this.node = node
    this.outside.connected(node, this.id, this.connection)
  }

  /**
   * An inside server registers itself. Any other registration is by the outside server that it names, for a question
   * may have been edited to be one.
   */
  private registrantOf(item: ScanResult, from: NodeId): NodeId {
    const isServer = this.lab.journal.state.nodes.get(from)?.role === 'server'
    return isServer && !this.outside.has(from) ? from : this.outsideSender(item, from)
  }

  private outsideSender(item: ScanResult, current: NodeId | undefined): NodeId {
    const { outside, machine } = this
    return this.isRefused(item)
      ? outside.nodeOfRefused(item, current, machine)
      : outside.nodeFor(item, current, machine)
  }

  /** Whether it is a registration that the proxy refuses when it comes from an outside program. */
  private isRefused(item: ScanResult): boolean {
    if (item.kind === 'fault' || item.message.type !== 1) return false
    const { server, listenPort } = item.message
    const { rows } = this.lab.journal.state
    if (rows.size >= MAX_SERVERS && !rows.has(server)) return true
    if (this.guestRefusal(item.message) !== undefined) return true
    return portOwner(this.lab, this.connection.remoteAddress, listenPort) !== undefined
  }

  private guestRefusal(registration: Registration): Fault | undefined {
    const { outside, machine, lab } = this
    if (machine === undefined) return undefined
    return guestRefusal(registration, machine, lab.journal.state, outside.isFullOfServers(machine))
  }

  /** One message is done with. */
  private done(): void {
    this.outstanding--
    this.allowNext()
    this.endIfDone()
  }

  private allowNext(): void {
    if (this.window) this.window.done()
    else this.stream?.allow(1)
  }

  private endIfDone(): void {
    if (!this.peerEnded && !this.closing) return
    if (this.outstanding > 0 || this.stream?.idle !== true) return
    this.stream.end()
    if (this.closing) this.linger()
  }

  /** Closing at once would destroy the answer on its way; a peer that keeps sending is given little time. */
  private linger(): void {
    this.lingerTimer ??= this.lab.clock.schedule(LINGER_MS, () => this.destroy('PROXY_CLOSED'))
  }
}
