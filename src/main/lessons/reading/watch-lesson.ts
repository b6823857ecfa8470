// Watches a lesson's folder while it is written.
import { type FSWatcher, watch } from 'node:fs'
import { dirname, join } from 'node:path'
import { errorText } from '../../../shared/error-text'
import { folderFiles } from './folder'
import { contentHash, LESSON_FOLDERS } from './lesson-files'

/** A save is several events, and a file is empty in between: the folder is read when it has been quiet for as long. */
const QUIET_MS = 60

interface Watching {
  /** Called when a file of the lesson has other bytes than before, or is there or gone. */
  readonly changed: () => void
  readonly warn: (text: string) => void
}

/** Returns a function that stops it. */
export function watchLesson(folder: string, watching: Watching): () => void {
  const watch = new LessonWatch(folder, watching)
  return () => watch.stop()
}

class LessonWatch {
  private readonly watchers = new Map<string, FSWatcher>()
  private timer: NodeJS.Timeout | undefined
  private turn: Promise<void>
  private known: string | undefined
  /** Something has happened before the folder was read for the first time. */
  private isMissed = false
  private isStopped = false

  constructor(
    private readonly folder: string,
    private readonly watching: Watching,
  ) {
    this.watchFolders(['.', ...LESSON_FOLDERS])
    this.turn = this.look()
  }

  stop(): void {
    this.isStopped = true
    clearTimeout(this.timer)
    for (const watcher of this.watchers.values()) watcher.close()
  }

  private async look(): Promise<void> {
    const files = await folderFiles(this.folder)
    if (this.isStopped) return
    const found = contentHash(files)
    const isOther = this.isMissed || (this.known !== undefined && found !== this.known)
    this.isMissed = false
    this.known = found
    // A folder may be another one of the same name, so each is watched anew; first, so that no event falls between the two.
    const before = new Map(this.watchers)
    this.watchFolders([
      '.',
      ...LESSON_FOLDERS,
      ...[...files.bytes.keys()].map((name) => dirname(name)),
    ])
    for (const watcher of before.values()) watcher.close()
    if ([...this.watchers.keys()].some((inside) => !before.has(inside))) this.stirred()
    if (isOther) this.watching.changed()
  }

  private stirred(): void {
    this.isMissed ||= this.known === undefined
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.turn = this.turn.then(() => this.look())
    }, QUIET_MS)
  }

  private watchFolders(folders: readonly string[]): void {
    this.watchers.clear()
    for (const inside of new Set(folders)) {
      try {
        const watcher = watch(join(this.folder, inside), () => this.stirred())
        watcher.on('error', () => watcher.close())
        this.watchers.set(inside, watcher)
      } catch (error) {
        if (!isMissing(error)) {
          this.watching.warn(`The lesson’s folder cannot be watched: ${errorText(error)}`)
        }
      }
    }
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
