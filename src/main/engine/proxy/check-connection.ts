// A health check on a socket: it travels over the link, then a connection is opened, and with a question its answer judged.
import { otherLoopback } from '../../../shared/addresses'
import { formatDuration } from '../../../shared/format'
import { isOutside, PROXY } from '../../../shared/ids'
import { MessageScanner, type ScanResult } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import { inRealTime } from '../clock/real-limit'
import type { Lab } from '../lab'
import { BareWay } from '../links/faults/bare-way'
import { dialOver } from '../links/faults/refused-dial'
import { type Connection, type NetworkError, NO_HANDLERS } from '../net/network'
import type { Effect } from './protocol'

type CheckOrder = Extract<Effect, { type: 'check' }>

export class CheckConnection {
  private timer: Timer
  private connection: Connection | undefined
  private otherHost: string | undefined
  private isOpen = false
  private isOver = false
  private readonly scanner = new MessageScanner()
  private readonly question: BareWay
  private readonly answer: BareWay

  constructor(
    private readonly lab: Lab,
    private readonly order: CheckOrder,
    private readonly ended: (passed: boolean, detail: string) => void,
  ) {
    const { check, server, node, address, question } = order
    const { clock, journal, links } = lab
    const both = {
      connection: lab.faults.nameOnLink(node, 'check'),
      cut: () => this.end(false, CLOSED),
    }
    this.question = new BareWay(lab, {
      ...both,
      from: PROXY,
      to: node,
      through: (bytes) => this.connection?.write(bytes),
    })
    this.answer = new BareWay(lab, {
      ...both,
      from: node,
      to: PROXY,
      through: (bytes) => this.judge(this.scanner.push(bytes)[0]),
    })
    const way = question === undefined ? 'connect' : 'message'
    this.otherHost = otherLoopback(address)
    const dueAt = clock.now() + links.latencyMs
    journal.emit({ type: 'check.sent', check, server, node, way, dueAt })
    this.timer = clock.schedule(links.latencyMs, () => this.arrive())
  }

  /** Ends without a result. */
  abandon(): void {
    if (this.isOver) return
    this.isOver = true
    const { clock, connections, faults } = this.lab
    clock.cancel(this.timer)
    faults.closed(this)
    this.question.stop()
    this.answer.stop()
    if (this.connection) connections.checkEnded(this.order.check)
    this.connection?.setHandlers(NO_HANDLERS)
    this.connection?.destroy()
  }

  /** Closes the connection if its link goes down, or if a fault that has swallowed bytes is taken out. */
  faultsChanged(): void {
    const isDown = this.isOpen && this.lab.faults.isDown(this.order.node)
    if (isDown || this.question.hasGap || this.answer.hasGap) this.end(false, CLOSED)
  }

  /** The link's time is over: from now on it is the server's. */
  private arrive(): void {
    const { address, limitMs, question } = this.order
    const what = question === undefined ? 'connection' : 'answer'
    const { clock } = this.lab
    const afterMs = isOutside(this.order.node) ? inRealTime(clock, limitMs) : limitMs
    this.timer = clock.schedule(afterMs, () => {
      this.end(false, `no ${what} within ${formatDuration(limitMs)}`)
    })
    this.lab.faults.opened(this)
    this.lab.connections.checkBegins(this.order.check)
    this.dial(address)
  }

  private dial(host: string): void {
    this.connection = dialOver(this.lab, this.order.node, {
      host,
      port: this.order.port,
      handlers: {
        opened: () => this.opened(),
        data: (bytes) => this.answer.send(bytes),
        ended: () => this.answer.end(() => this.end(false, CLOSED)),
        closed: (error) => this.closed(error),
      },
    })
  }

  private opened(): void {
    const { connection, order, lab } = this
    this.isOpen = true
    if (order.question === undefined) {
      this.end(true, 'the connection was opened')
      return
    }
    if (connection === undefined) return
    lab.connections.checkOpened(order.check, connection.localPort, isOutside(order.node))
    this.question.send(order.question.bytes)
  }

  private judge(item: ScanResult | undefined): void {
    if (item === undefined) return
    if (item.kind !== 'message' || item.message.type !== 2) {
      this.end(false, 'what it sent is no answer')
    } else if (item.message.error) this.end(false, 'it answered with an error')
    else if (item.message.payload === this.order.question?.hash) {
      this.end(true, 'the answer has the right hash')
    } else this.end(false, 'the answer has a wrong hash')
  }

  private closed(error: NetworkError | undefined): void {
    if (!this.isOpen && error?.code === 'REFUSED' && this.otherHost !== undefined && !this.isOver) {
      const { otherHost } = this
      this.otherHost = undefined
      this.dial(otherHost)
      return
    }
    if (this.isOpen) this.answer.end(() => this.end(false, CLOSED))
    else
      this.end(false, error?.code === 'REFUSED' ? 'the connection was refused' : notOpened(error))
  }

  private end(passed: boolean, detail: string): void {
    if (this.isOver) return
    this.abandon()
    this.ended(passed, detail)
  }
}

const CLOSED = 'it closed the connection without an answer'

function notOpened(error: NetworkError | undefined): string {
  return `the connection could not be opened${error ? `: ${error.message}` : ''}`
}
