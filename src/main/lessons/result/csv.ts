// A result for a spreadsheet: a line for each prediction, and one for each task and explanation.
import { csvTable } from '../../../shared/csv'
import type { LessonResult, StepResult } from './result'

const HEAD = [
  'name',
  'lesson',
  'step',
  'title',
  'asks',
  'question',
  'outcome',
  'try',
  'at',
  'simulated ms',
  'predicted',
  'happened',
  'right',
  'difference',
  'explanation',
  'hints',
]

export function csvResult({ name, lesson, steps }: LessonResult): string {
  return csvTable([
    HEAD,
    ...steps.flatMap((step) => lines(step).map((cells) => [name, lesson.id, ...cells])),
  ])
}

function lines(step: StepResult): string[][] {
  const { title, asks, question, outcome, endedAt, hints, explanation, predictions } = step
  const about = [String(step.step), title, asks, question, outcome]
  const more = [explanation ?? '', String(hints)]
  if (predictions.length === 0) return [[...about, '', endedAt ?? '', '', '', '', '', '', ...more]]
  return predictions.map(({ at, simulatedMs, predicted, happened, isRight, difference }, index) => [
    ...about,
    String(index + 1),
    at,
    simulatedMs.toFixed(0),
    predicted,
    happened,
    isRight ? 'yes' : 'no',
    difference,
    ...more,
  ])
}
