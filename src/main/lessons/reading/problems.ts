// Collects what is wrong with a lesson, for its author.
import type { LessonProblem } from '../../../shared/lesson/lesson'
import { MAX_LESSON_PROBLEMS } from '../../../shared/lesson/lesson-limits'

export const LESSON_TEXT = 'lesson.md'

export class LessonProblems {
  private readonly found: LessonProblem[]
  private readonly known = new Set<string>()

  constructor(found: readonly LessonProblem[] = []) {
    this.found = [...found]
  }

  /** `line`: counted from 1; 0 means the whole file. */
  add(line: number, problem: string, file = LESSON_TEXT): void {
    this.tell({ file, line, problem, isWarning: false })
  }

  warn(line: number, problem: string, file = LESSON_TEXT): void {
    this.tell({ file, line, problem, isWarning: true })
  }

  /** Once, however often it is found. */
  private tell(told: LessonProblem): void {
    const key = JSON.stringify([told.file, told.line, told.problem])
    if (this.known.has(key)) return
    this.known.add(key)
    this.found.push(told)
  }

  get areMistakes(): boolean {
    return this.found.some(({ isWarning }) => !isWarning)
  }

  /** In the order of the files: first the lesson’s text, then the others by name. */
  get list(): readonly LessonProblem[] {
    return this.found
      .toSorted(
        (one, other) =>
          Number(one.file !== LESSON_TEXT) - Number(other.file !== LESSON_TEXT) ||
          compare(one.file, other.file) ||
          one.line - other.line,
      )
      .slice(0, MAX_LESSON_PROBLEMS)
  }
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
