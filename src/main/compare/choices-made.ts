// Collects the server that a lab chooses for each message at the first attempt, until `stop` is called.

import { isSending } from '../../shared/carried'
import { ChurningMap } from '../../shared/churning-map'
import type { FirstChoice } from '../../shared/compare/first-difference'
import { reasonOf } from '../../shared/decision/words'
import type { LabEvent } from '../../shared/events'
import type { ExchangeId, NodeId } from '../../shared/ids'
import { decisionIn } from '../../shared/state/decision-context'
import type { Engine } from '../engine/index'

type Sent = Pick<FirstChoice, 'client' | 'number' | 'sentAt'>

/** The event alone is enough for the words; the state is not needed. */
const NOTHING_KNOWN = new Map<string, never>()

export class ChoicesMade {
  private made: FirstChoice[] = []
  /** How many messages each client has sent. */
  private readonly counts = new Map<NodeId, number>()
  private readonly sent = new ChurningMap<ExchangeId, Sent>()
  readonly stop: () => void

  constructor(engine: Pick<Engine, 'subscribe'>) {
    this.stop = engine.subscribe((event) => this.add(event))
  }

  /** Returns the choices since the last call. */
  take(): readonly FirstChoice[] {
    const { made } = this
    this.made = []
    return made
  }

  private add(event: LabEvent): void {
    if (isSending(event)) {
      const { packet, exchange, from: client, at: sentAt } = event
      if (packet !== exchange) return
      const number = (this.counts.get(client) ?? 0) + 1
      this.counts.set(client, number)
      this.sent.set(exchange, { client, number, sentAt })
    } else if (event.type === 'decision.made') {
      const sent = this.sent.get(event.exchange)
      if (sent === undefined) return
      this.sent.delete(event.exchange)
      const decision = decisionIn(event, undefined, NOTHING_KNOWN, NOTHING_KNOWN, NOTHING_KNOWN)
      this.made.push({ ...sent, at: event.at, server: event.server, why: reasonOf(decision) })
    } else if (event.type === 'exchange.finished') this.sent.delete(event.exchange)
  }
}
