// Which messages have servers been given that have not come to their end? The same count as the proxy's own: what least
// connections compares. Applies a batch of events to it.
import type { ExchangeId, ProtocolId } from '../ids'
import type { DraftMap } from './draft-map'
import type { RowState, State } from './state'

export class GivenDraft {
  private copy: Map<ExchangeId, ProtocolId> | undefined

  constructor(
    private readonly original: State['given'],
    private readonly rows: DraftMap<ProtocolId, RowState>,
  ) {}

  /** An attempt goes to this server; null: to nobody. */
  decided(exchange: ExchangeId, server: ProtocolId | null): void {
    this.ended(exchange)
    if (server === null) return
    this.edit().set(exchange, server)
    this.count(server, 1)
  }

  /** The server has answered or failed, or nobody waits for its answer any more. */
  ended(exchange: ExchangeId): void {
    const server = this.done().get(exchange)
    if (server === undefined) return
    this.edit().delete(exchange)
    this.count(server, -1)
  }

  rowRemoved(server: ProtocolId): void {
    for (const [exchange, given] of this.done()) if (given === server) this.edit().delete(exchange)
  }

  clear(): void {
    this.edit().clear()
  }

  done(): State['given'] {
    return this.copy ?? this.original
  }

  private edit(): Map<ExchangeId, ProtocolId> {
    this.copy ??= new Map(this.original)
    return this.copy
  }

  private count(server: ProtocolId, by: 1 | -1): void {
    const row = this.rows.edit(server)
    if (row) row.inFlight = (row.inFlight ?? 0) + by
  }
}
