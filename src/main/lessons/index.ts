// Lessons, this folder's one public file: reads them, plays them in the running lab, and keeps what a person has answered.
import type { ServeLessons } from '../../shared/lesson/lesson-line'
import { Progress } from './progress'
import { LessonRunner, type LessonsOptions } from './runner'
import { serveLessons } from './serve'

export type { LessonLibrary, LibraryEntry, ReadLesson } from './library'
export { lessonFilesAt, lessonsIn, readLessonAt } from './reading/read-at'
export { readingThread } from './reading/reading-thread'
export { lessonLibrary } from './reading/shelf'
export { writeTemplate } from './reading/template'
export { zipOf } from './reading/zip'
export type { LessonRunner } from './runner'

export interface Lessons {
  /** The lesson that is open: its view, and what changes it. */
  readonly runner: LessonRunner
  /** Connects operators' pages. */
  readonly serve: ServeLessons
  /** Ends the lesson, and saves its progress. */
  close(): Promise<void>
}

interface CreateLessons extends Omit<LessonsOptions, 'progress'> {
  /** The file of the progress; without it, nothing is kept. */
  readonly progressFile: string | undefined
}

export async function createLessons({ progressFile, ...options }: CreateLessons): Promise<Lessons> {
  const progress = await Progress.read(progressFile, options.warn)
  const runner = new LessonRunner({ ...options, progress })
  return { runner, serve: serveLessons(runner), close: () => runner.close() }
}
