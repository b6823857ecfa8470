// The files of a lesson in a `.roundabout-lesson` file, a zip of its folder, and such a file made of them. Whoever wrote the
// zip is a stranger: what it unpacks to is counted before it is unpacked, and names lead nowhere outside.
import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate'
import { MAX_LESSON_ZIP_BYTES } from '../../../shared/limits'
import { isLessonFile, LessonFileList, type LessonFiles } from './lesson-files'
import { LESSON_TEXT } from './problems'

/** Entries of a zip that are looked at: a lesson has far fewer. */
const MOST_ENTRIES = 1_000
/** A zip's times begin in 1980; the same for every file, so that the same lesson gives the same bytes. */
const FILE_TIME = new Date(1980, 0, 1)
const STORED = 0
const DEFLATED = 8

export const TOO_LARGE = `A lesson’s file has at most ${MAX_LESSON_ZIP_BYTES / 1024 / 1024} MB.`

class Refused extends Error {}

/** Never throws. */
export function zipFiles(bytes: Uint8Array): LessonFiles {
  const list = new LessonFileList()
  if (bytes.length > MAX_LESSON_ZIP_BYTES) {
    list.refuse(LESSON_TEXT, TOO_LARGE)
    return list
  }
  try {
    const top = topFolder(entriesOf(bytes))
    const names = new Map<string, { name: string; size: number }>()
    const unpacked = unzipSync(bytes, {
      filter: (entry) => {
        const path = normal(entry.name)
        if (isFolder(path) || !path.startsWith(top)) return false
        const name = path.slice(top.length)
        if (isSystems(name)) return false
        if (!isLessonFile(name)) {
          list.leaveOut(name)
          return false
        }
        if (names.has(entry.name) || [...names.values()].some((known) => known.name === name)) {
          throw new Refused(`It has “${name}” twice.`)
        }
        const { compression, originalSize, size } = entry
        if (compression !== STORED && compression !== DEFLATED) {
          throw new Refused(`“${name}” is packed in a way that is not known here.`)
        }
        if (!list.admits(name, Math.max(originalSize, compression === STORED ? size : 0)))
          return false
        names.set(entry.name, { name, size: originalSize })
        return true
      },
    })
    for (const [entry, { name, size }] of names) {
      const content = unpacked[entry]
      if (content?.length !== size) throw new Refused(`“${name}” is damaged.`)
      list.bytes.set(name, content)
    }
  } catch (error) {
    const problem = error instanceof Refused ? error.message : 'It is no zip file, or is damaged.'
    list.bytes.clear()
    list.refuse(LESSON_TEXT, problem)
  }
  return list
}

/** A `.roundabout-lesson` file. */
export function zipOf({ bytes }: LessonFiles): Uint8Array {
  const files = [...bytes].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return zipSync(Object.fromEntries(files), { mtime: FILE_TIME, level: 9 })
}

/** The names in the zip. Throws if one leads out of it. */
function entriesOf(bytes: Uint8Array): readonly string[] {
  const entries: string[] = []
  unzipSync(bytes, {
    filter({ name }: UnzipFileInfo) {
      const path = normal(name)
      if (entries.push(path) > MOST_ENTRIES) {
        throw new Refused(`A lesson’s file has at most ${MOST_ENTRIES} entries.`)
      }
      if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..')) {
        throw new Refused(`“${path.slice(0, 100)}” leads out of the lesson’s folder.`)
      }
      return false
    },
  })
  return entries
}

/** The folder in which everything is, if it is one: `round-robin/`. Else an empty text. */
function topFolder(entries: readonly string[]): string {
  const own = entries.filter((path) => !isSystems(path))
  if (own.includes(LESSON_TEXT)) return ''
  const folders = new Set(own.map((path) => path.slice(0, path.indexOf('/') + 1)))
  const [only] = folders
  return folders.size === 1 && only !== undefined && own.includes(`${only}${LESSON_TEXT}`)
    ? only
    : ''
}

/** Some programs for Windows write backslashes. */
const normal = (name: string) => name.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
const isFolder = (path: string) => path.endsWith('/')
/** Of macOS, or hidden. */
const isSystems = (path: string) => /^__MACOSX\/|(^|\/)\./.test(path)
