// The files of a lesson in a folder on disk. Links are not followed: nothing outside the folder is read.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { errorText } from '../../../shared/error-text'
import { isLessonFile, LESSON_FOLDERS, LessonFileList, type LessonFiles } from './lesson-files'
import { LESSON_TEXT } from './problems'

/** Files and folders that are looked at: a lesson has far fewer. */
const MOST_ENTRIES = 1_000

/** Never rejects. */
export async function folderFiles(folder: string): Promise<LessonFiles> {
  const list = new LessonFileList()
  const waiting = ['']
  let entries = 0
  for (let inside = waiting.shift(); inside !== undefined; inside = waiting.shift()) {
    const found = await readdir(join(folder, inside), { withFileTypes: true }).catch(
      (error: unknown) => {
        list.refuse(
          inside === '' ? LESSON_TEXT : inside,
          `The folder cannot be read: ${words(error)}`,
        )
        return []
      },
    )
    found.sort((one, other) => (one.name < other.name ? -1 : 1))
    for (const entry of found) {
      const name = inside === '' ? entry.name : `${inside}/${entry.name}`
      if (!belongs(name)) continue
      if (++entries > MOST_ENTRIES) {
        list.refuse(name, `A lesson’s folders hold at most ${MOST_ENTRIES} files.`)
        return list
      }
      if (entry.isSymbolicLink()) {
        list.refuse(name, 'It is a link: copy what it leads to into the lesson’s folder.')
      } else if (entry.isDirectory()) waiting.push(name)
      else if (entry.isFile()) await readInto(list, folder, name)
    }
  }
  return list
}

/** Its text, and what lies in its folders; names that begin with a dot are the system's. */
function belongs(name: string): boolean {
  const [first = '', ...rest] = name.split('/')
  if (rest.length === 0) return first === LESSON_TEXT || isFolder(first)
  return isFolder(first) && !rest.some((part) => part.startsWith('.'))
}

const isFolder = (name: string) => (LESSON_FOLDERS as readonly string[]).includes(name)

async function readInto(list: LessonFileList, folder: string, name: string): Promise<void> {
  if (!isLessonFile(name)) {
    list.leaveOut(name)
    return
  }
  const path = join(folder, name)
  try {
    const { size } = await stat(path)
    if (!list.admits(name, size)) return
    const bytes = await readFile(path)
    // It may have grown.
    if (bytes.length === size || list.admits(name, bytes.length)) list.bytes.set(name, bytes)
  } catch (error) {
    list.refuse(name, `It cannot be read: ${words(error)}`)
  }
}

function words(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : '') {
    case 'ENOENT':
      return 'it is not there.'
    case 'ENOTDIR':
      return 'it is no folder.'
    case 'EACCES':
    case 'EPERM':
      return 'the system does not allow it.'
    default:
      return errorText(error)
  }
}
