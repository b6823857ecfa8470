// What came of a step: how it is recorded, and how it is shown again from the record.
import type { Answer, Reveal } from '../../shared/lesson/answer'
import { answerWords } from '../../shared/lesson/answer-words'
import type { Lesson, Step } from '../../shared/lesson/lesson'
import { type Attempt, type LessonRecord, revealOf, type StepChange, stepIn } from './record'

/** What came of a step, for the record. */
export type StepOutcome =
  | {
      readonly kind: 'predicted'
      readonly answer: Answer
      readonly answeredAt: Date
      readonly simulatedMs: number
      readonly reveal: Reveal
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'explained'; readonly text: string }

/** What was answered when the step was played before, which is shown again. */
export interface SeenBefore {
  readonly answer: Answer | null
  readonly reveal: Reveal | null
  readonly explanation: string | null
}

/** The outcome as a change of the record, after the attempts so far. */
export function changeOf(
  { asks }: Step,
  outcome: StepOutcome,
  attempts: readonly Attempt[],
): StepChange {
  switch (outcome.kind) {
    case 'done':
      return { outcome: 'done' }
    case 'explained':
      return { outcome: 'done', explanation: outcome.text }
    case 'predicted': {
      if (asks.kind !== 'ask') return {}
      const { answer, answeredAt, simulatedMs, reveal } = outcome
      const attempt: Attempt = {
        at: answeredAt.toISOString(),
        simulatedMs,
        answer,
        predicted: answerWords(asks, answer),
        happened: answerWords(asks, reveal.truth),
        isRight: reveal.isRight,
        reveal,
      }
      return { outcome: reveal.isRight ? 'right' : 'wrong', attempts: [...attempts, attempt] }
    }
  }
}

/** Undefined: the step was not played yet, or was skipped. */
export function seenIn(record: LessonRecord, lesson: Lesson, at: number): SeenBefore | undefined {
  const step = lesson.steps[at]
  const known = step && stepIn(record, step, at)
  if (known === undefined || known.outcome === null || known.outcome === 'skipped') return undefined
  const last = known.attempts.at(-1)
  return {
    answer: last?.answer ?? null,
    reveal: (last && revealOf(last)) ?? null,
    explanation: known.explanation,
  }
}
