// What a page is shown of a lesson: in the list, and of the step at which it is open.
import type { Lesson, LessonProblem } from '../../shared/lesson/lesson'
import type { LessonInfo, LessonView } from '../../shared/lesson/lesson-line'
import { spotlightOf } from '../../shared/lesson/spotlight'
import type { LibraryEntry } from './library'
import { isFinished, type LessonRecord, stepIn } from './record'
import type { StepRun } from './step-run'

/** A lesson that is open. */
export interface OpenLesson {
  readonly lesson: Lesson
  readonly problems: readonly LessonProblem[]
  run: StepRun | undefined
  at: number
}

/** `record` is undefined for a lesson that was never opened. */
export function lessonInfo(
  { lesson, isShipped }: LibraryEntry,
  record: LessonRecord | undefined,
): LessonInfo {
  const { id, title, summary, minutes, steps } = lesson
  return {
    id,
    title,
    summary,
    minutes,
    steps: steps.length,
    reached: record === undefined ? 0 : Math.min(record.reached + 1, steps.length),
    isFinished: isFinished(record, lesson),
    isShipped,
  }
}

export function viewOfLesson(
  { lesson, problems, run, at }: OpenLesson,
  record: LessonRecord,
): LessonView {
  const step = lesson.steps[at]
  const { setup, text = '', afterText = '', notes = '' } = step ?? {}
  const phase = run?.phase ?? 'preparing'
  const gate = run?.shownGate() ?? { kind: 'nothing' }
  const isTold = phase === 'done'
  return {
    id: lesson.id,
    title: lesson.title,
    misbelief: lesson.misbelief ?? null,
    steps: lesson.steps.map((each, index) => ({
      title: each.title,
      asks: each.asks.kind,
      outcome: stepIn(record, each, index)?.outcome ?? null,
    })),
    at,
    reached: Math.max(record.reached, at),
    phase,
    problem: run?.problem ?? '',
    text,
    gate,
    afterText: isTold ? afterText : '',
    notes,
    next: nextOf(lesson, at),
    spotlight: (setup?.spotlight ?? []).flatMap((each) => spotlightOf(each) ?? []),
    locks: setup?.lock ?? [],
    program: run?.programAsked ?? null,
    pictures: picturesIn(lesson, [text, isTold ? afterText : '', notes, JSON.stringify(gate)]),
    mistakes: problems,
  }
}

function nextOf({ steps }: Lesson, at: number): LessonView['next'] {
  const { title, text, notes } = steps[at + 1] ?? {}
  return title === undefined || text === undefined || notes === undefined
    ? null
    : { title, text, notes }
}

/** Those that the texts name: others would be sent for nothing. */
function picturesIn(
  { pictures }: Lesson,
  texts: readonly string[],
): Readonly<Record<string, string>> {
  const all = texts.join('\n')
  return Object.fromEntries([...pictures].filter(([name]) => all.includes(name)))
}
