// A health check on a socket: it travels over the link, then a connection is opened, and with a question its answer judged.
import { otherLoopback } from '../../../shared/addresses'
import { formatDuration } from '../../../shared/format'
import { isOutside } from '../../../shared/ids'
import { MessageScanner, type ScanResult } from '../../../shared/protocol/scanner'
import type { Timer } from '../clock/clock'
import type { Lab } from '../lab'
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

  constructor(
    private readonly lab: Lab,
    private readonly order: CheckOrder,
    private readonly ended: (passed: boolean, detail: string) => void,
  ) {
    const { check, server, node, address, question } = order
    const { clock, journal, links } = lab
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
    const { clock, connections } = this.lab
    clock.cancel(this.timer)
    if (this.connection) connections.checkEnded(this.order.check)
    this.connection?.setHandlers(NO_HANDLERS)
    this.connection?.destroy()
  }

  /** The link's time is over: from now on it is the server's. */
  private arrive(): void {
    const { address, limitMs, question } = this.order
    const what = question === undefined ? 'connection' : 'answer'
    this.timer = this.lab.clock.schedule(limitMs, () => {
      this.end(false, `no ${what} within ${formatDuration(limitMs)}`)
    })
    this.lab.connections.checkBegins(this.order.check)
    this.dial(address)
  }

  private dial(host: string): void {
    this.connection = this.lab.network.dial({
      host,
      port: this.order.port,
      handlers: {
        opened: () => this.opened(),
        data: (bytes) => this.judge(this.scanner.push(bytes)[0]),
        ended: () => this.end(false, 'it closed the connection without an answer'),
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
    connection.write(order.question.bytes)
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
    if (this.isOpen) this.end(false, 'it closed the connection without an answer')
    else
      this.end(false, error?.code === 'REFUSED' ? 'the connection was refused' : notOpened(error))
  }

  private end(passed: boolean, detail: string): void {
    if (this.isOver) return
    this.abandon()
    this.ended(passed, detail)
  }
}

function notOpened(error: NetworkError | undefined): string {
  return `the connection could not be opened${error ? `: ${error.message}` : ''}`
}
