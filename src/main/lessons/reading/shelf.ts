// The lessons of this machine: those that come with the app, a person's own, and the one that is being written.
import type { LessonLibrary, LibraryEntry, ReadLesson } from '../library'
import { contentHash } from './lesson-files'
import { lessonFilesAt, lessonsIn } from './read-at'
import type { ReadSource } from './source'
import { watchLesson } from './watch-lesson'

interface Places {
  /** The folder of the lessons that come with the app. */
  readonly shipped: string
  /** The folder of a person's own, if there is one. */
  readonly own?: string | undefined
  /** The folder of the lesson that is being written: it comes first, and is read again when it changes. */
  readonly written?: string | undefined
  /** Reads each lesson whose files are not those that were read before. */
  readonly read: ReadSource
  /** Gets a sentence about each lesson that has mistakes and is left out. */
  readonly warn: (text: string) => void
}

export function lessonLibrary(places: Places): LessonLibrary {
  return new Shelf(places)
}

interface Found {
  readonly path: string
  readonly read: ReadLesson
  readonly isShipped: boolean
}

class Shelf implements LessonLibrary {
  /** The ids that the lesson has had while it was written. */
  private readonly writtenIds = new Set<string>()
  private readonly known = new Map<string, { hash: string; read: ReadLesson }>()
  private readonly warned = new Set<string>()

  constructor(private readonly places: Places) {}

  async list(): Promise<readonly LibraryEntry[]> {
    const entries: LibraryEntry[] = []
    for (const { path, read, isShipped } of await this.all()) {
      const { lesson } = read
      // The lesson that is being written may be one of the others, changed.
      if (lesson === undefined) this.tellOfMistakes(path)
      else if (!entries.some(({ lesson: { id } }) => id === lesson.id)) {
        entries.push({ lesson, isShipped })
      }
    }
    return entries
  }

  async read(id: string): Promise<ReadLesson | undefined> {
    for (const { path, read } of await this.all()) {
      const isWritten = path === this.places.written && this.writtenIds.has(id)
      if (isWritten || read.lesson?.id === id) return read
    }
    return undefined
  }

  readFile(_name: string, bytes: Uint8Array): Promise<ReadLesson> {
    return this.places.read({ kind: 'zip', bytes })
  }

  onChange(listener: () => void): () => void {
    const { written, warn } = this.places
    return written === undefined ? () => {} : watchLesson(written, { changed: listener, warn })
  }

  private async all(): Promise<readonly Found[]> {
    const { shipped, own, written } = this.places
    const found = async (path: string, isShipped: boolean) => {
      const read = await this.readAt(path)
      if (path === written && read.lesson !== undefined) this.writtenIds.add(read.lesson.id)
      return { path, read, isShipped }
    }
    return Promise.all([
      ...(written === undefined ? [] : [found(written, false)]),
      ...(await lessonsIn(shipped)).map((path) => found(path, true)),
      ...(own === undefined ? [] : await lessonsIn(own)).map((path) => found(path, false)),
    ])
  }

  /** What was read before, if its files have not changed. Without a lesson if it was removed. */
  private async readAt(path: string): Promise<ReadLesson> {
    const files = await lessonFilesAt(path).catch(() => undefined)
    if (files === undefined) return { lesson: undefined, problems: [] }
    const hash = contentHash(files)
    const known = this.known.get(path)
    if (known?.hash === hash) return known.read
    const read = await this.places.read({ kind: 'files', files })
    this.known.set(path, { hash, read })
    return read
  }

  private tellOfMistakes(path: string): void {
    if (path === this.places.written || this.warned.has(path)) return
    this.warned.add(path)
    this.places.warn(
      `The lesson ${path} has mistakes and is left out; “roundabout lesson lint” names them.`,
    )
  }
}
