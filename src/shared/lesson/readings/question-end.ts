// When what a question is about has ended.
import type { LabEvent } from '../../events'
import type { Begun } from './reading'

/** Without `until`: when the exchange of the gate is finished or, without a gate, at once. */
export class QuestionEnd {
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
