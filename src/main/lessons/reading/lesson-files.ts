// The files of a lesson by their names, wherever they come from, within limits.
import { createHash } from 'node:crypto'
import type { LessonProblem } from '../../../shared/lesson/lesson'
import {
  MAX_LESSON_BYTES,
  MAX_LESSON_FILE_BYTES,
  MAX_LESSON_FILES,
  MAX_LESSON_NAME_CHARS,
} from '../../../shared/lesson/lesson-limits'
import { LESSON_TEXT } from './problems'

export interface LessonFiles {
  /** By their names from the lesson’s folder: `scenarios/start.roundabout-scenario`. */
  readonly bytes: ReadonlyMap<string, Uint8Array>
  /** What was left out, and why. */
  readonly problems: readonly LessonProblem[]
}

/** Where a lesson's files are, beside its text. Whatever else lies in its folder is not part of it. */
export const LESSON_FOLDERS = ['scenarios', 'pictures', 'programs'] as const

/** Whether it is lesson.md, or may lie in one of its folders. */
export function isLessonFile(name: string): boolean {
  if (name === LESSON_TEXT) return true
  if (name.length > MAX_LESSON_NAME_CHARS) return false
  const [folder, ...rest] = name.split('/')
  return (
    (LESSON_FOLDERS as readonly string[]).includes(folder ?? '') &&
    rest.length > 0 &&
    rest.every((part) => /^[\w -][\w. -]*$/u.test(part))
  )
}

/** The same for the same files with the same bytes. */
export function contentHash({ bytes, problems }: LessonFiles): string {
  const hash = createHash('sha256').update(JSON.stringify(problems))
  for (const [name, content] of bytes) hash.update(`${name}\0${content.length}\0`).update(content)
  return hash.digest('base64')
}

/** Counts files while they are collected. */
export class LessonFileList implements LessonFiles {
  readonly bytes = new Map<string, Uint8Array>()
  readonly problems: LessonProblem[] = []
  private files = 0
  private total = 0

  /** Whether there is room for a file of this size; if not, that is one of the problems. */
  admits(name: string, size: number): boolean {
    if (size > MAX_LESSON_FILE_BYTES) {
      this.refuse(name, `A file of a lesson has at most ${megabytes(MAX_LESSON_FILE_BYTES)}.`)
      return false
    }
    this.files++
    this.total += size
    // Report only the first file beyond the limit.
    if (this.files > MAX_LESSON_FILES) {
      if (this.files === MAX_LESSON_FILES + 1) {
        this.refuse(
          name,
          `A lesson has at most ${MAX_LESSON_FILES} files; from this one on they are left out.`,
        )
      }
      return false
    }
    if (this.total > MAX_LESSON_BYTES) {
      if (this.total - size <= MAX_LESSON_BYTES) {
        this.refuse(
          name,
          `The files of a lesson have at most ${megabytes(MAX_LESSON_BYTES)} together; from this one on they are left out.`,
        )
      }
      return false
    }
    return true
  }

  /** Reports a file that the lesson cannot name. */
  leaveOut(name: string): void {
    const problem =
      name.length > MAX_LESSON_NAME_CHARS
        ? `It is left out: a file’s name has at most ${MAX_LESSON_NAME_CHARS} characters.`
        : 'It is left out: a file’s name has letters from a to z, digits, spaces, “-”, “_” and “.”.'
    const isOfFolder = LESSON_FOLDERS.some((folder) => name.startsWith(`${folder}/`))
    const file = name.slice(0, MAX_LESSON_NAME_CHARS)
    if (isOfFolder) this.problems.push({ file, line: 0, problem, isWarning: true })
  }

  refuse(name: string, problem: string): void {
    this.problems.push({ file: name, line: 0, problem, isWarning: false })
  }
}

const megabytes = (bytes: number) => `${bytes / 1024 / 1024} MB`
