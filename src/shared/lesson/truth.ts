// What happened, in the terms of a question: read from the events since the answer was given, and from nothing else.
import type { Reason } from '../decision/reason'
import type { LabEvent } from '../events'
import type { ExchangeId, SimMs } from '../ids'
import type { Truth } from './answer'
import type { EventFacts } from './event-facts'
import { FigureWindow, type Measured } from './figure'
import type { Ask } from './lesson'
import { FirstTrueChoice } from './readings/choice'
import { ServerOrder, ServerShares } from './readings/decisions'
import { EventCount, FigureAtEnd } from './readings/number'
import { type Begun, type Decided, isDecision, type Reading } from './readings/reading'
import { ServerAnswering, ServerChosen } from './readings/server'
import { earliest, Tally, type Watch, watch } from './watch'

export class TruthFinder {
  /** The decision that shows it. */
  decision: { readonly exchange: ExchangeId; readonly attempt: number } | undefined
  /** Why that server was chosen, if the proxy told it. */
  reason: Reason | null = null
  private found: Truth | undefined
  private readonly reading: Reading
  private readonly until: Watch | undefined

  constructor(
    ask: Ask,
    private readonly begun: Begun,
  ) {
    this.reading = readingOf(ask, begun)
    this.until = ask.until && watch(ask.until, begun.at)
  }

  /** Undefined: it has not happened yet. */
  get truth(): Truth | undefined {
    return this.until === undefined || this.until.isTrue ? this.found : undefined
  }

  /** What a figure is made of. */
  get measured(): Measured | undefined {
    return this.reading.measured
  }

  get dueAt(): SimMs | undefined {
    return this.truth === undefined
      ? earliest(this.until === undefined ? [this.reading] : [this.reading, this.until])
      : undefined
  }

  apply(event: LabEvent, facts: EventFacts): void {
    if (this.truth !== undefined) return
    this.reading.apply(event, facts)
    this.until?.apply(event, facts)
    if (this.decision === undefined && isDecision(event) && this.isOurs(event)) this.show(event)
    this.conclude(facts)
  }

  /** Nothing else has happened until this time. Called at once, it finds what is known already. */
  pass(at: SimMs, facts: EventFacts): void {
    if (this.truth !== undefined) return
    this.reading.pass(at)
    this.until?.pass(at)
    this.conclude(facts)
  }

  private conclude(facts: EventFacts): void {
    this.found ??= this.reading.truth(this.until?.isTrue ?? false, facts)
    const shown = this.reading.decision
    if (shown !== undefined) this.show(shown)
  }

  private isOurs({ exchange }: Decided): boolean {
    return exchange === this.begun.exchange
  }

  private show(decided: Decided): void {
    const { exchange, attempt } = decided
    this.decision = { exchange, attempt }
    this.reason = decided.type === 'decision.made' ? decided.reason : null
  }
}

function readingOf(ask: Ask, begun: Begun): Reading {
  switch (ask.ask) {
    case 'server':
      return ask.truth === 'answer'
        ? new ServerAnswering(ask.policy, begun.exchange)
        : new ServerChosen(ask.policy, begun.exchange)
    case 'order':
      return new ServerOrder(ask.policy, ask.length)
    case 'share':
      return new ServerShares(ask.policy)
    case 'number':
      return 'counts' in ask.truth
        ? new EventCount(new Tally(ask.truth.counts, begun.at), ask.until !== undefined, begun)
        : new FigureAtEnd(
            begun.figures ?? new FigureWindow(ask.truth, begun.at),
            ask.until !== undefined,
            begun,
          )
    case 'choice':
      return new FirstTrueChoice(ask.choices, ask.until !== undefined, begun)
  }
}
