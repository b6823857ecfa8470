// What happened, in the terms of a question: read from the events since the answer was given, and from nothing else.
import type { Reason } from '../decision/reason'
import type { LabEvent } from '../events'
import type { ExchangeId, ProtocolId, SimMs } from '../ids'
import type { Truth } from './answer'
import type { EventFacts } from './event-facts'
import { FigureWindow } from './figure'
import type { Ask } from './lesson'
import { earliest, Tally, type Watch, watch } from './watch'

/** What a question is about, when its answer is given. */
export interface Begun {
  readonly at: SimMs
  /** The exchange of the packet that the gate holds; undefined: there is no gate, or its packet belongs to none. */
  readonly exchange: ExchangeId | undefined
  /** The figures of the seconds before, of a question about a figure. */
  readonly figures?: FigureWindow | undefined
}

type Decided = Extract<LabEvent, { type: 'decision.made' | 'choice.seen' }>

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

/** Reads the truth of one kind of question. */
interface Reading {
  readonly dueAt: SimMs | undefined
  /** The decision that the truth is about. */
  readonly decision?: Decided | undefined
  apply(event: LabEvent, facts: EventFacts): void
  pass(at: SimMs): void
  /** `isOver`: the question's `until` has come true. */
  truth(isOver: boolean, facts: EventFacts): Truth | undefined
}

function readingOf(ask: Ask, begun: Begun): Reading {
  switch (ask.ask) {
    case 'server':
      return ask.truth === 'answer'
        ? new AnsweringServer(ask.policy, begun.exchange)
        : new ChosenServer(ask.policy, begun.exchange)
    case 'order':
      return new Order(ask.policy, ask.length)
    case 'share':
      return new Shares(ask.policy)
    case 'number':
      return 'counts' in ask.truth
        ? new Count(new Tally(ask.truth.counts, begun.at), ask.until !== undefined, begun)
        : new FigureThen(
            begun.figures ?? new FigureWindow(ask.truth, begun.at),
            ask.until !== undefined,
            begun,
          )
    case 'choice':
      return new FirstOf(ask.choices, ask.until !== undefined, begun)
  }
}

function isDecision(event: LabEvent): event is Decided {
  return event.type === 'decision.made' || event.type === 'choice.seen'
}

/** The server of the next decision of an exchange or, without one, of the policy. */
class ChosenServer implements Reading {
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
class AnsweringServer implements Reading {
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

class Order implements Reading {
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

class Shares implements Reading {
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

/** Without `until`: when the exchange of the gate is finished or, without a gate, at once. */
class Ending {
  private isFinished: boolean

  constructor(
    private readonly hasUntil: boolean,
    private readonly begun: Begun,
  ) {
    this.isFinished = begun.exchange === undefined
  }

  apply(event: LabEvent): void {
    this.isFinished ||= event.type === 'exchange.finished' && event.exchange === this.begun.exchange
  }

  isOver(untilIsTrue: boolean): boolean {
    return this.hasUntil ? untilIsTrue : this.isFinished
  }
}

class Count implements Reading {
  private readonly ending: Ending

  constructor(
    private readonly tally: Tally,
    hasUntil: boolean,
    begun: Begun,
  ) {
    this.ending = new Ending(hasUntil, begun)
  }

  get dueAt(): SimMs | undefined {
    return this.tally.dueAt
  }

  apply(event: LabEvent, facts: EventFacts): void {
    this.tally.apply(event, facts)
    this.ending.apply(event)
  }

  pass(at: SimMs): void {
    this.tally.pass(at)
  }

  truth(isOver: boolean): Truth | undefined {
    return this.ending.isOver(isOver) ? { kind: 'number', value: this.tally.count } : undefined
  }
}

class FigureThen implements Reading {
  readonly dueAt = undefined
  private readonly ending: Ending

  constructor(
    private readonly window: FigureWindow,
    hasUntil: boolean,
    begun: Begun,
  ) {
    this.ending = new Ending(hasUntil, begun)
  }

  apply(event: LabEvent): void {
    this.window.apply(event)
    this.ending.apply(event)
  }

  pass(): void {}

  truth(isOver: boolean, facts: EventFacts): Truth | undefined {
    if (!this.ending.isOver(isOver)) return undefined
    const value = this.window.value(facts.now)
    return value === undefined ? undefined : { kind: 'number', value: Number(value.toPrecision(4)) }
  }
}

type Choices = Extract<Ask, { ask: 'choice' }>['choices']

/** The choice that came true first; one without a condition of its own stands for none of the others. */
class FirstOf implements Reading {
  private readonly watches: readonly { readonly index: number; readonly watch: Watch }[]
  private readonly ending: Ending
  private readonly known: number | undefined
  private readonly remaining: number | undefined
  private first: number | undefined

  constructor(choices: Choices, hasUntil: boolean, begun: Begun) {
    this.watches = choices.flatMap(({ when }, index) =>
      when === undefined ? [] : [{ index, watch: watch(when, begun.at) }],
    )
    this.ending = new Ending(hasUntil, begun)
    const rest = choices.flatMap(({ when }, index) => (when === undefined ? [index] : []))
    const right = choices.findIndex((choice) => choice.right)
    if (this.watches.length === 0) this.known = right === -1 ? undefined : right
    else this.remaining = rest.length === 1 ? rest[0] : undefined
  }

  get dueAt(): SimMs | undefined {
    return earliest(this.watches.map((each) => each.watch))
  }

  apply(event: LabEvent, facts: EventFacts): void {
    this.ending.apply(event)
    for (const { watch } of this.watches) watch.apply(event, facts)
    this.findFirst()
  }

  pass(at: SimMs): void {
    for (const { watch } of this.watches) watch.pass(at)
    this.findFirst()
  }

  truth(isOver: boolean): Truth | undefined {
    if (this.known !== undefined) {
      return this.ending.isOver(isOver) ? { kind: 'choice', index: this.known } : undefined
    }
    const index = this.first ?? (isOver ? this.remaining : undefined)
    return index === undefined ? undefined : { kind: 'choice', index }
  }

  private findFirst(): void {
    this.first ??= this.watches.find(({ watch }) => watch.isTrue)?.index
  }
}
