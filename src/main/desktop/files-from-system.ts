// Files that the system asks the app to open: by a double click, or on the command line of this
// start or a later one. The page requests them one by one. It cannot name a path, so it never
// reaches another file.
import { open, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CallResult, SystemFile } from '../../shared/contract'
import { type FileKind, fileKindOf } from '../../shared/file-kinds'
import { MAX_LESSON_ZIP_BYTES } from '../../shared/lesson/lesson-limits'
import { MAX_OPENED_BYTES } from '../../shared/limits'
import { MAX_SCENARIO_BYTES } from '../../shared/scenario-file'

/** Files that wait for the page, which shows one at a time. */
export const MAX_WAITING_FILES = 10
const MIB = 1024 * 1024

const LIMITS: Record<FileKind, { bytes: number; words: string }> = {
  recording: {
    bytes: MAX_OPENED_BYTES,
    words: `a recording has at most ${MAX_OPENED_BYTES / MIB} MiB`,
  },
  scenario: {
    bytes: MAX_SCENARIO_BYTES,
    words: `a scenario has at most ${MAX_SCENARIO_BYTES / MIB} MiB`,
  },
  lesson: {
    bytes: MAX_LESSON_ZIP_BYTES,
    words: `a lesson has at most ${MAX_LESSON_ZIP_BYTES / MIB} MiB`,
  },
}

/** `message` is for the person; `logged` leaves out the folder, whose name can be a person's. */
class OpenError extends Error {
  readonly logged: string

  constructor(name: string, words: string, path?: string) {
    super(`${name} was not opened. ${words}${path === undefined ? '' : ` (${path})`}`)
    this.logged = `The file "${name}" was not opened: ${words}`
  }
}

export class FilesFromSystem {
  private readonly waiting: string[] = []
  private leftOut = 0
  private listener: (() => void) | undefined

  /** `warn` gets a sentence about each file that was not opened, for the log. */
  constructor(private readonly warn: (text: string) => void) {}

  /**
   * Adds absolute paths; `others` counts further files that were never listed. Files beyond
   * MAX_WAITING_FILES are not opened, and `next` reports how many they were.
   */
  add(paths: readonly string[], others = 0): void {
    if (paths.length + others === 0) return
    this.leftOut += others
    for (const path of paths) {
      if (this.waiting.length < MAX_WAITING_FILES) this.waiting.push(path)
      else this.leftOut++
    }
    this.listener?.()
  }

  /** Sets the one listener, which is called whenever files have been added. */
  onAdded(listener: () => void): void {
    this.listener = listener
  }

  /** Reads the oldest waiting file. Null: no file waits. An error is a sentence for the person. */
  async next(): Promise<CallResult<SystemFile | null>> {
    const path = this.waiting.shift()
    if (path !== undefined) return this.read(path)
    const { leftOut } = this
    this.leftOut = 0
    if (leftOut === 0) return { ok: true, value: null }
    const error = `${leftOut} more ${leftOut === 1 ? 'file was' : 'files were'} not opened: open them one at a time.`
    this.warn(error)
    return { ok: false, error }
  }

  private async read(path: string): Promise<CallResult<SystemFile>> {
    try {
      return { ok: true, value: await readOpenable(path) }
    } catch (error) {
      if (!(error instanceof OpenError)) throw error
      this.warn(error.logged)
      return { ok: false, error: error.message }
    }
  }
}

async function readOpenable(path: string): Promise<SystemFile> {
  const name = basename(path)
  const refuse = (words: string) => new OpenError(name, words)
  const kind = fileKindOf(name)
  if (kind === undefined) {
    throw refuse(
      'Roundabout opens recordings (.roundabout), scenarios (.roundabout-scenario) and lessons (.roundabout-lesson).',
    )
  }
  try {
    // `stat` first: opening a pipe would wait for a writer.
    const found = await stat(path)
    if (found.isDirectory()) throw refuse('It is a folder.')
    if (!found.isFile()) throw refuse('It is no file but a device or a pipe.')
    const { bytes: limit, words } = LIMITS[kind]
    if (found.size > limit) throw refuse(`It has ${found.size} bytes; ${words}.`)
    return { name, bytes: await readUpTo(path, found.size) }
  } catch (error) {
    const words = SYSTEM_WORDS[codeOf(error)]
    if (words !== undefined) throw new OpenError(name, words, path)
    if (codeOf(error) !== '')
      throw new OpenError(name, `It cannot be read: ${codeOf(error)}.`, path)
    throw error
  }
}

/** Reads at most `size` bytes, however fast the file grows meanwhile. */
async function readUpTo(path: string, size: number): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const bytes = new Uint8Array(size)
    let end = 0
    while (end < size) {
      const { bytesRead } = await file.read(bytes, end, size - end, end)
      if (bytesRead === 0) break
      end += bytesRead
    }
    return bytes.subarray(0, end)
  } finally {
    await file.close()
  }
}

const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  ENOTDIR: 'There is no such file.',
  EACCES: 'It may not be read by you.',
  EPERM: 'It may not be read by you.',
  ENAMETOOLONG: 'Its name is longer than a name can be.',
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}

/**
 * Turns the arguments of a command line into absolute paths; relative ones start from `folder`.
 * Some desktops pass file URLs. A malformed one stays as it is and is then not found.
 */
export function absolutePaths(words: readonly string[], folder: string): string[] {
  return words.filter((word) => word !== '').map((word) => resolve(folder, pathOf(word)))
}

function pathOf(word: string): string {
  if (!/^file:\/\//i.test(word)) return word
  try {
    return fileURLToPath(word)
  } catch {
    return word
  }
}
