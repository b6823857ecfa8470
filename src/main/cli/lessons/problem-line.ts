// What is wrong with a lesson, as lines that editors and continuous integrations know: `turns/lesson.md:12: reason`.
import { join } from 'node:path'
import { counted } from '../../../shared/format'
import type { Lesson, LessonProblem } from '../../../shared/lesson/lesson'

/** `path`: of the lesson. */
export function problemLine(
  path: string,
  { file, line, problem, isWarning }: LessonProblem,
): string {
  const place = line === 0 ? '' : `:${line}`
  return `${join(path, file)}${place}: ${isWarning ? 'warning: ' : ''}${problem}`
}

/** The line for a lesson without mistakes: `turns: no mistakes, 1 warning; 5 steps, 10 min.` */
export function goodWords(path: string, { steps, minutes }: Lesson, warnings: number): string {
  const found = warnings === 0 ? 'no mistakes' : `no mistakes, ${counted(warnings, 'warning')}`
  return `${path}: ${found}; ${counted(steps.length, 'step')}, ${minutes} min.`
}
