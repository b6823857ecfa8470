// What a lesson is read from: files that were found in a folder, or the bytes of a `.roundabout-lesson` file.
import type { ReadLesson } from '../library'
import type { LessonFiles } from './lesson-files'
import { readLesson } from './read-lesson'
import { zipFiles } from './zip'

export type LessonSource =
  | { readonly kind: 'files'; readonly files: LessonFiles }
  | { readonly kind: 'zip'; readonly bytes: Uint8Array }

/** Reads a lesson. Never rejects: what is wrong is one of the problems. */
export type ReadSource = (source: LessonSource) => Promise<ReadLesson>

/** Never throws. */
export function readSource(source: LessonSource): ReadLesson {
  return readLesson(source.kind === 'zip' ? zipFiles(source.bytes) : source.files)
}
