// Which of the offered choices came true first.
import type { LabEvent } from '../../events'
import type { SimMs } from '../../ids'
import type { Truth } from '../answer'
import type { EventFacts } from '../event-facts'
import type { Ask } from '../lesson'
import { earliest, type Watch, watch } from '../watch'
import { QuestionEnd } from './question-end'
import type { Begun, Reading } from './reading'

type Choices = Extract<Ask, { ask: 'choice' }>['choices']

/** The choice that came true first; one without a condition of its own stands for none of the others. */
export class FirstTrueChoice implements Reading {
  private readonly watches: readonly { readonly index: number; readonly watch: Watch }[]
  private readonly ending: QuestionEnd
  private readonly known: number | undefined
  private readonly remaining: number | undefined
  private first: number | undefined

  constructor(choices: Choices, hasUntil: boolean, begun: Begun) {
    this.watches = choices.flatMap(({ when }, index) =>
      when === undefined ? [] : [{ index, watch: watch(when, begun.at) }],
    )
    this.ending = new QuestionEnd(hasUntil, begun)
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
