// How the decisions of a policy go to its servers: in which order, and with which shares.
import type { LabEvent } from '../../events'
import type { ProtocolId } from '../../ids'
import type { Truth } from '../answer'
import type { EventFacts } from '../event-facts'
import { type Decided, isDecision, type Reading } from './reading'

export class ServerOrder implements Reading {
  readonly dueAt = undefined
  decision: Decided | undefined
  private readonly servers: ProtocolId[] = []

  constructor(
    private readonly policy: ProtocolId,
    private readonly length: number,
  ) {}

  apply(event: LabEvent): void {
    if (!isDecision(event) || event.policy !== this.policy || event.server === null) return
    if (this.servers.length === this.length) return
    this.servers.push(event.server)
    this.decision = event
  }

  pass(): void {}

  truth(): Truth | undefined {
    return this.servers.length < this.length
      ? undefined
      : { kind: 'order', servers: [...this.servers] }
  }
}

export class ServerShares implements Reading {
  readonly dueAt = undefined
  private readonly chosen = new Map<ProtocolId, number>()

  constructor(private readonly policy: ProtocolId) {}

  apply(event: LabEvent): void {
    if (!isDecision(event) || event.policy !== this.policy || event.server === null) return
    this.chosen.set(event.server, (this.chosen.get(event.server) ?? 0) + 1)
  }

  pass(): void {}

  truth(isOver: boolean, facts: EventFacts): Truth | undefined {
    const all = [...this.chosen.values()].reduce((sum, count) => sum + count, 0)
    if (!isOver || all === 0) return undefined
    const rows = [...facts.now.rows.values()].filter(({ policy }) => policy === this.policy)
    const servers = new Set([...rows.map(({ server }) => server), ...this.chosen.keys()])
    const shares = [...servers].map((server) => ({
      server,
      percent: Math.round((1000 * (this.chosen.get(server) ?? 0)) / all) / 10,
    }))
    return { kind: 'share', shares }
  }
}
