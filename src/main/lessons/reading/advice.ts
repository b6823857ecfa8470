// What an author may have overlooked: warnings, with which a lesson can be played.
import type { Ask, Lesson } from '../../../shared/lesson/lesson'
import { adviseOnNames } from './lab-names'
import type { LessonFiles } from './lesson-files'
import { LESSON_TEXT, type LessonProblems } from './problems'
import type { ReadBlock, ReadStep } from './step'

export function advise(
  lesson: Lesson,
  steps: readonly ReadStep[],
  files: LessonFiles,
  problems: LessonProblems,
): void {
  if (lesson.misbelief === undefined && steps.some(predicts)) {
    problems.warn(
      1,
      'The lesson asks for predictions and names no “misbelief”: say what learners believe before it.',
    )
  }
  adviseOnSteps(steps, problems)
  adviseOnNames(lesson, steps, problems)
  const { scenarios, pictures, programs } = lesson
  for (const name of files.bytes.keys()) {
    const isUsed = [scenarios, pictures, programs].some((used) => used.has(name))
    if (name !== LESSON_TEXT && !isUsed) problems.warn(0, 'No step uses this file.', name)
  }
}

const predicts = ({ step }: ReadStep) => step.asks.kind === 'ask'

function adviseOnSteps(steps: readonly ReadStep[], problems: LessonProblems): void {
  const [first] = steps
  if (first !== undefined && first.step.setup.scenario === undefined) {
    problems.warn(
      first.step.line,
      'The first step opens no scenario: it begins with whatever the lab holds.',
    )
  }
  for (const { step, asks } of steps) {
    if (step.text === '' && step.asks.kind === 'nothing') {
      problems.warn(step.line, 'The step says nothing and asks nothing.')
    }
    if (asks === undefined) continue
    if (step.asks.kind === 'ask' && step.afterText === '') {
      problems.warn(
        asks.line,
        'Nothing follows the question: write below it why it happens so, for those who were wrong.',
      )
    }
    if (step.asks.kind === 'ask') adviseOnAsk(step.asks, asks, problems)
    if (step.asks.kind === 'task' && (step.asks.hints ?? []).length === 0) {
      problems.warn(asks.line, 'The task has no “hints” for those who do not know how to begin.')
    }
  }
}

/** Questions whose answer can be told too early, or never. */
function adviseOnAsk(ask: Ask, { line, lineOf }: ReadBlock, problems: LessonProblems): void {
  if (ask.until !== undefined) return
  if (ask.ask === 'number' && 'counts' in ask.truth && ask.gate === undefined) {
    problems.warn(
      line,
      'Without “until” or a “gate”, it is counted at once: nothing has happened yet.',
    )
  }
  if (ask.ask !== 'choice') return
  const withWhen = ask.choices.filter(({ when }) => when !== undefined)
  if (withWhen.length > 0 && withWhen.length === ask.choices.length - 1) {
    const index = ask.choices.findIndex(({ when }) => when === undefined)
    problems.warn(
      lineOf(['choices', index]),
      'Without “until”, this choice cannot turn out right: say when none of the others has come true.',
    )
  }
  const right = ask.choices.findIndex((choice) => choice.right)
  if (withWhen.length > 0 && right !== -1) {
    problems.warn(
      lineOf(['choices', right, 'right']),
      '“right” has no effect beside choices with “when”: what happens decides.',
    )
  }
}
