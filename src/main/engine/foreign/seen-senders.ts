// The packets of a proxy whose inside is not known, at the edges of the lab: its questions to servers, which belong to the
// exchanges that the lab's clients have begun, and its answers to clients.
import type { SeenChoice } from '../../../shared/foreign-proxy'
import { type ExchangeId, type NodeId, PROXY, type ProtocolId } from '../../../shared/ids'
import type { ScanResult } from '../../../shared/protocol/scanner'
import { Answerer, type OutsideSender } from '../links/outside-sender'
import type { Journal } from '../story/journal'
import type { Sightings } from './sightings'

type Tell = (choice: SeenChoice) => void

/** On a connection that it has opened to a server. */
export class SeenQuestioner implements OutsideSender {
  /** The exchange of the latest question: other bytes after it belong to it. */
  private latest: ExchangeId = 0

  constructor(
    private readonly sightings: Sightings,
    private readonly server: ProtocolId,
    private readonly tell: Tell,
  ) {}

  nodeOf(): NodeId {
    return PROXY
  }

  exchangeOf(item: ScanResult): ExchangeId {
    if (item.kind === 'message' && item.message.type === 0) {
      this.latest = this.sightings.exchangeOf(item.message)
    }
    return this.latest
  }

  sent(exchange: ExchangeId, _node: NodeId, item: ScanResult): void {
    if (item.kind === 'fault' || item.message.type !== 0) return
    const choice = this.sightings.seenAt(exchange, this.server)
    if (choice) this.tell(choice)
  }
}

/** On a client's connection. A server that is an outside program was not seen before its answer. */
export class SeenAnswerer extends Answerer {
  constructor(
    journal: Journal,
    private readonly sightings: Sightings,
    private readonly isServer: (id: ProtocolId) => boolean,
    private readonly tell: Tell,
  ) {
    super(PROXY, journal)
  }

  override sent(exchange: ExchangeId, node: NodeId, item?: ScanResult): void {
    super.sent(exchange, node)
    if (item?.kind !== 'message' || item.message.type !== 2 || item.message.error) return
    const { source } = item.message
    if (this.sightings.isSeen(exchange) || !this.isServer(source)) return
    const choice = this.sightings.seenAt(exchange, source)
    if (choice) this.tell(choice)
  }
}
