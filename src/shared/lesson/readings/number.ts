// Which number it was in the end: how many events of a kind, or a figure of the lab.
import type { LabEvent } from '../../events'
import type { SimMs } from '../../ids'
import type { Truth } from '../answer'
import type { EventFacts } from '../event-facts'
import type { FigureWindow, Measured } from '../figure'
import type { Tally } from '../watch'
import { QuestionEnd } from './question-end'
import type { Begun, Reading } from './reading'

export class EventCount implements Reading {
  private readonly ending: QuestionEnd

  constructor(
    private readonly tally: Tally,
    hasUntil: boolean,
    begun: Begun,
  ) {
    this.ending = new QuestionEnd(hasUntil, begun)
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

export class FigureAtEnd implements Reading {
  readonly dueAt = undefined
  measured: Measured | undefined
  private readonly ending: QuestionEnd

  constructor(
    private readonly window: FigureWindow,
    hasUntil: boolean,
    begun: Begun,
  ) {
    this.ending = new QuestionEnd(hasUntil, begun)
  }

  apply(event: LabEvent): void {
    this.window.apply(event)
    this.ending.apply(event)
  }

  pass(): void {}

  truth(isOver: boolean, facts: EventFacts): Truth | undefined {
    if (!this.ending.isOver(isOver)) return undefined
    const value = this.window.value(facts.now)
    this.measured = this.window.measured()
    return value === undefined ? undefined : { kind: 'number', value: Number(value.toPrecision(4)) }
  }
}
