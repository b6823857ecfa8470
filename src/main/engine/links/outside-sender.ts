// Whose packets come from outside on a connection, and to which exchanges do they belong?
import { type ExchangeId, type NodeId, PROXY } from '../../../shared/ids'
import type { ScanResult } from '../../../shared/protocol/scanner'
import type { Journal } from '../story/journal'

/** Classifies the packets of an outside program. */
export interface OutsideSender {
  /** The sender. One connection may serve several programs. */
  nodeOf(item: ScanResult): NodeId
  /** The exchange that it belongs to, or whether it begins one. */
  exchangeOf(item: ScanResult): ExchangeId | 'new'
  /** Its packet is on the link, with its exchange's number; called again for a copy made by hand. */
  sent?(exchange: ExchangeId, node: NodeId, item: ScanResult): void
  /** A packet of this exchange is on its way to the program. */
  asked?(exchange: ExchangeId): void
  /** That packet has been dropped by hand. */
  notAsked?(exchange: ExchangeId): void
}

/** A program that gets questions, and answers them in their order. */
export class Answerer implements OutsideSender {
  private readonly waiting: ExchangeId[] = []

  constructor(
    private readonly node: NodeId,
    private readonly journal: Journal,
  ) {}

  nodeOf(): NodeId {
    return this.node
  }

  /** 0: an answer without a question. */
  exchangeOf(): ExchangeId {
    return this.waiting.shift() ?? 0
  }

  sent(exchange: ExchangeId, node: NodeId): void {
    if (exchange === 0) warnOfUnasked(this.journal, node)
  }

  asked(exchange: ExchangeId): void {
    this.waiting.push(exchange)
  }

  notAsked(exchange: ExchangeId): void {
    const index = this.waiting.lastIndexOf(exchange)
    if (index !== -1) this.waiting.splice(index, 1)
  }
}

/** A program that sends questions: each begins an exchange. */
export class Questioner implements OutsideSender {
  constructor(private readonly node: NodeId) {}

  nodeOf(): NodeId {
    return this.node
  }

  exchangeOf(): 'new' {
    return 'new'
  }
}

export function warnOfUnasked(journal: Journal, node: NodeId): void {
  for (const terminal of [PROXY, node]) {
    journal.emit({ type: 'log', node: terminal, level: 'warning', text: UNASKED })
  }
}

const UNASKED =
  'The server has sent something for which no message waits, after its answer perhaps: it is lost. A server answers each message once.'
