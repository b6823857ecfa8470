// A person's result of a lesson: of each step what was asked, what was predicted and when, and what happened.
import type { Lesson, Step } from '../../../shared/lesson/lesson'
import { plainText } from '../../plain-text'
import { type LessonRecord, stepIn } from '../record'

export interface LessonResult {
  readonly format: 'roundabout-lesson-result'
  readonly version: 1
  readonly lesson: { readonly id: string; readonly title: string }
  /** Empty: the person gave none. */
  readonly name: string
  readonly begunAt: string
  /** When the result was written (ISO 8601). */
  readonly writtenAt: string
  readonly summary: ResultSummary
  /** Those that ask something. */
  readonly steps: readonly StepResult[]
}

interface ResultSummary {
  readonly predictions: number
  /** Right at the first answer. */
  readonly right: number
  readonly tasks: number
  readonly done: number
  readonly explanations: number
  readonly written: number
  readonly skipped: number
}

export interface StepResult {
  /** Counts from 1. */
  readonly step: number
  readonly title: string
  readonly asks: 'ask' | 'task' | 'explain'
  /** Without the marks of Markdown. */
  readonly question: string
  readonly outcome: 'right' | 'wrong' | 'done' | 'skipped' | 'not reached'
  readonly endedAt: string | null
  readonly hints: number
  readonly explanation: string | null
  readonly predictions: readonly {
    readonly at: string
    readonly simulatedMs: number
    readonly predicted: string
    readonly happened: string
    readonly isRight: boolean
    readonly difference: string
  }[]
}

export interface ResultOf {
  readonly lesson: Lesson
  readonly record: LessonRecord
  readonly name: string | undefined
  readonly now: Date
}

export function lessonResult({ lesson, record, name = '', now }: ResultOf): LessonResult {
  const steps = lesson.steps.flatMap((step, index) => stepResult(step, index, record) ?? [])
  const of = (kind: StepResult['asks']) => steps.filter(({ asks }) => asks === kind)
  const asked = of('ask')
  return {
    format: 'roundabout-lesson-result',
    version: 1,
    lesson: { id: lesson.id, title: lesson.title },
    name: name.trim(),
    begunAt: record.begunAt,
    writtenAt: now.toISOString(),
    summary: {
      predictions: asked.length,
      right: asked.filter(({ predictions: [first] }) => first?.isRight).length,
      tasks: of('task').length,
      done: of('task').filter(({ outcome }) => outcome === 'done').length,
      explanations: of('explain').length,
      written: of('explain').filter(({ explanation }) => explanation !== null).length,
      skipped: steps.filter(({ outcome }) => outcome === 'skipped').length,
    },
    steps,
  }
}

function stepResult(step: Step, index: number, record: LessonRecord): StepResult | undefined {
  const { asks, title } = step
  if (asks.kind === 'nothing') return undefined
  const known = stepIn(record, step, index)
  return {
    step: index + 1,
    title,
    asks: asks.kind,
    question: plainText(questionOf(asks)),
    outcome: known?.outcome ?? 'not reached',
    endedAt: known?.endedAt ?? null,
    hints: known?.hints ?? 0,
    explanation: known?.explanation ?? null,
    predictions: (known?.attempts ?? []).map(
      ({ at, simulatedMs, predicted, happened, isRight, reveal }) => ({
        at,
        simulatedMs,
        predicted,
        happened,
        isRight,
        difference: reveal.difference,
      }),
    ),
  }
}

function questionOf(asks: Exclude<Step['asks'], { kind: 'nothing' }>): string {
  switch (asks.kind) {
    case 'ask':
      return asks.question
    case 'task':
      return asks.task
    case 'explain':
      return asks.explain
  }
}
