// A lesson by its path: its folder, its lesson.md, or a `.roundabout-lesson` file.
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileKindOf } from '../../../shared/file-kinds'
import { MAX_LESSON_ZIP_BYTES } from '../../../shared/lesson/lesson-limits'
import type { ReadLesson } from '../library'
import { folderFiles } from './folder'
import { LessonFileList, type LessonFiles } from './lesson-files'
import { LESSON_TEXT } from './problems'
import { readLesson } from './read-lesson'
import { TOO_LARGE, zipFiles } from './zip'

export async function readLessonAt(path: string): Promise<ReadLesson> {
  return readLesson(await lessonFilesAt(path))
}

/** Rejects with the system's error if the path cannot be read. */
export async function lessonFilesAt(path: string): Promise<LessonFiles> {
  const found = await stat(path)
  if (found.isDirectory()) return folderFiles(path)
  if (basename(path) === LESSON_TEXT) return folderFiles(dirname(path))
  const list = new LessonFileList()
  if (fileKindOf(path) !== 'lesson' || !found.isFile()) {
    list.refuse(LESSON_TEXT, 'A lesson is a folder with a lesson.md, or a .roundabout-lesson file.')
    return list
  }
  if (found.size > MAX_LESSON_ZIP_BYTES) {
    list.refuse(LESSON_TEXT, TOO_LARGE)
    return list
  }
  return zipFiles(await readFile(path))
}

/** The lessons in a folder of lessons, by name; none if there is no such folder. */
export async function lessonsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter(
      (entry) =>
        !entry.name.startsWith('.') && (entry.isDirectory() || fileKindOf(entry.name) === 'lesson'),
    )
    .map(({ name }) => join(folder, name))
    .sort()
}
