// What a step asks to explain: the person's own words, beside which the author's are shown.
import type { Step } from '../../shared/lesson/lesson'
import type { ShownGate } from '../../shared/lesson/lesson-line'
import type { SeenBefore } from './step-outcome'

type Explaining = Extract<Step['asks'], { kind: 'explain' }>

export class StepExplanation {
  private text: string | null = null

  constructor(private readonly asks: Explaining) {}

  shown(): ShownGate {
    const { explain, model } = this.asks
    const { text } = this
    return { kind: 'explain', question: explain, text, model: text === null ? null : model }
  }

  showAgain({ explanation }: SeenBefore): void {
    this.text = explanation
  }

  /** Returns why not, as a sentence. */
  take(text: string): string | undefined {
    if (text.trim() === '') return 'Write a sentence or two first.'
    this.text = text
    return undefined
  }
}
