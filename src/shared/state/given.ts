// Which messages have servers been given that have not come to their end? The same count as the proxy's own: what least
// connections compares. Applies a batch of events to it.
import type { ExchangeId, ProtocolId } from '../ids'
import type { DraftMap } from './draft-map'
import { PlainDraft } from './plain-draft'
import type { RowState, State } from './state'

export class GivenDraft {
  private readonly given: PlainDraft<ExchangeId, ProtocolId>

  constructor(
    given: State['given'],
    private readonly rows: DraftMap<ProtocolId, RowState>,
  ) {
    this.given = new PlainDraft(given)
  }

  /** An attempt goes to this server; null: to nobody. */
  decided(exchange: ExchangeId, server: ProtocolId | null): void {
    this.ended(exchange)
    if (server === null) return
    this.given.edit().set(exchange, server)
    this.count(server, 1)
  }

  /** The server has answered or failed, or nobody waits for its answer any more. */
  ended(exchange: ExchangeId): void {
    const server = this.given.map.get(exchange)
    if (server === undefined) return
    this.given.edit().delete(exchange)
    this.count(server, -1)
  }

  rowRemoved(server: ProtocolId): void {
    for (const [exchange, given] of this.given.map) {
      if (given === server) this.given.edit().delete(exchange)
    }
  }

  clear(): void {
    this.given.edit().clear()
  }

  done(): State['given'] {
    return this.given.map
  }

  private count(server: ProtocolId, by: 1 | -1): void {
    const row = this.rows.edit(server)
    if (row) row.inFlight = (row.inFlight ?? 0) + by
  }
}
