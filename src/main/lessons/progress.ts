// The records of all lessons, in a file: it has either its old or its new content, and a damaged one costs no more than what
// was in it.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { errorText } from '../../shared/error-text'
import { type LessonRecord, lessonRecords, readRecord } from './record'

/** Readable only by its owner: answers may be somebody's homework. */
const OWNER_ONLY = 0o600

export class Progress {
  /** Records of other versions are kept as they are. */
  private readonly lessons = new Map<string, unknown>()
  private work: Promise<void> = Promise.resolve()
  private isWaiting = false
  private hasFailed = false

  private constructor(
    private readonly path: string | undefined,
    private readonly warn: (text: string) => void,
  ) {}

  /** Without a path, nothing is read or written. Never rejects. */
  static async read(path: string | undefined, warn: (text: string) => void): Promise<Progress> {
    const progress = new Progress(path, warn)
    if (path !== undefined) await progress.load(path)
    return progress
  }

  of(lesson: string): LessonRecord | undefined {
    return readRecord(this.lessons.get(lesson))
  }

  set(lesson: string, record: LessonRecord): void {
    this.lessons.set(lesson, record)
    this.save()
  }

  /** Resolves when everything is written. */
  written(): Promise<void> {
    return this.work
  }

  private async load(path: string): Promise<void> {
    let text: string
    try {
      text = await readFile(path, 'utf8')
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      if (!isMissing) this.warn(`The progress in lessons cannot be read: ${errorText(error)}`)
      return
    }
    const read = v.safeParse(lessonRecords, parsed(text))
    if (read.success) {
      for (const [id, record] of Object.entries(read.output.lessons)) this.lessons.set(id, record)
      return
    }
    const aside = `${path}.damaged`
    const isKept = await rename(path, aside).then(
      () => true,
      () => false,
    )
    const kept = isKept ? ` The file is kept as ${aside}.` : ''
    this.warn(`The progress in lessons is lost: ${path} is damaged.${kept}`)
  }

  private save(): void {
    const { path } = this
    if (path === undefined || this.isWaiting) return
    this.isWaiting = true
    this.work = this.work.then(async () => {
      this.isWaiting = false
      const text = JSON.stringify({ version: 1, lessons: Object.fromEntries(this.lessons) })
      const beside = `${path}.${process.pid}.new`
      try {
        await mkdir(dirname(path), { recursive: true })
        await writeFile(beside, text, { mode: OWNER_ONLY })
        await rename(beside, path)
        this.hasFailed = false
      } catch (error) {
        await rm(beside, { force: true }).catch(() => {})
        if (!this.hasFailed)
          this.warn(`The progress in lessons cannot be saved: ${errorText(error)}`)
        this.hasFailed = true
      }
    })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
