// Which server got a message: the one that was chosen for it, or the one whose answer its client got.
import type { LabEvent } from '../../events'
import type { ExchangeId, ProtocolId } from '../../ids'
import type { Truth } from '../answer'
import type { EventFacts } from '../event-facts'
import { type Decided, isDecision, type Reading } from './reading'

/** The server of the next decision of an exchange or, without one, of the policy. */
export class ServerChosen implements Reading {
  readonly dueAt = undefined
  decision: Decided | undefined
  private server: ProtocolId | null | undefined

  constructor(
    private readonly policy: ProtocolId,
    private readonly exchange: ExchangeId | undefined,
  ) {}

  apply(event: LabEvent): void {
    if (this.server !== undefined) return
    if (isDecision(event) && this.isMeant(event)) {
      this.server = event.server
      this.decision = event
    } else if (event.type === 'exchange.finished' && event.exchange === this.exchange) {
      // It ended before anybody was chosen for it.
      this.server = event.outcome === 'answered' ? event.server : null
    }
  }

  pass(): void {}

  truth(): Truth | undefined {
    return this.server === undefined ? undefined : { kind: 'server', server: this.server }
  }

  private isMeant({ exchange, policy }: Decided): boolean {
    return this.exchange === undefined ? policy === this.policy : exchange === this.exchange
  }
}

/** The server whose answer the client of an exchange got or, without one, that of the policy's next exchange to end. */
export class ServerAnswering implements Reading {
  readonly dueAt = undefined
  decision: Decided | undefined
  private readonly decided = new Map<ExchangeId, Decided>()
  private server: ProtocolId | null | undefined

  constructor(
    private readonly policy: ProtocolId,
    private readonly exchange: ExchangeId | undefined,
  ) {}

  apply(event: LabEvent, facts: EventFacts): void {
    if (this.server !== undefined) return
    if (isDecision(event)) this.decided.set(event.exchange, event)
    if (event.type !== 'exchange.finished' || !this.isMeant(event, facts)) return
    this.server = event.outcome === 'answered' ? event.server : null
    this.decision = this.decided.get(event.exchange)
  }

  pass(): void {}

  truth(): Truth | undefined {
    return this.server === undefined ? undefined : { kind: 'server', server: this.server }
  }

  private isMeant(
    event: Extract<LabEvent, { type: 'exchange.finished' }>,
    facts: EventFacts,
  ): boolean {
    if (this.exchange !== undefined) return event.exchange === this.exchange
    return facts.of(event)?.policy() === this.policy
  }
}
