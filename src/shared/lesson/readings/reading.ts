// What reads the truth of one kind of question from events, and what it is given to begin with.
import type { LabEvent } from '../../events'
import type { ExchangeId, SimMs } from '../../ids'
import type { Truth } from '../answer'
import type { EventFacts } from '../event-facts'
import type { FigureWindow, Measured } from '../figure'

/** What a question is about, when its answer is given. */
export interface Begun {
  readonly at: SimMs
  /** The exchange of the packet that the gate holds; undefined: there is no gate, or its packet belongs to none. */
  readonly exchange: ExchangeId | undefined
  /** The figures of the seconds before, of a question about a figure. */
  readonly figures?: FigureWindow | undefined
}

export type Decided = Extract<LabEvent, { type: 'decision.made' | 'choice.seen' }>

/** Reads the truth of one kind of question. */
export interface Reading {
  readonly dueAt: SimMs | undefined
  /** The decision that the truth is about. */
  readonly decision?: Decided | undefined
  /** What a figure was made of when the truth was found. */
  readonly measured?: Measured | undefined
  apply(event: LabEvent, facts: EventFacts): void
  pass(at: SimMs): void
  /** `isOver`: the question's `until` has come true. */
  truth(isOver: boolean, facts: EventFacts): Truth | undefined
}

export function isDecision(event: LabEvent): event is Decided {
  return event.type === 'decision.made' || event.type === 'choice.seen'
}
