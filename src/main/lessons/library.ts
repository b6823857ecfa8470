// Where lessons come from. `reading/` reads them from folders and files; a test makes them itself.
import type { Lesson, LessonProblem } from '../../shared/lesson/lesson'

export interface ReadLesson {
  /** Undefined: it has mistakes, and cannot be played. */
  readonly lesson: Lesson | undefined
  readonly problems: readonly LessonProblem[]
}

export interface LibraryEntry {
  readonly lesson: Lesson
  /** It comes with the app. */
  readonly isShipped: boolean
}

export interface LessonLibrary {
  /** The lessons that can be played, in their order. */
  list(): Promise<readonly LibraryEntry[]>
  /** Undefined: there is no lesson of this id. */
  read(id: string): Promise<ReadLesson | undefined>
  /** A `.roundabout-lesson` file. */
  readFile(name: string, bytes: Uint8Array): Promise<ReadLesson>
  /** Calls the listener when lessons have been changed or added; returns a function that stops this. */
  onChange(listener: () => void): () => void
}
