// Files that the system gives to the app: by a double click, or on the command line of this start or a later one. The
// page takes them one by one. It gets what was given and can name nothing, so that it never reaches another file.
import { open, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { GivenFile } from '../../shared/contract'
import { type FileKind, kindOf } from '../../shared/file-kinds'
import { MAX_OPENED_BYTES } from '../../shared/limits'
import { MAX_SCENARIO_BYTES } from '../../shared/scenario-file'

/** Files that wait to be taken: the page shows one at a time. */
export const MAX_GIVEN_FILES = 10
/** The longest path that a start hands over to the app that runs. */
const MAX_PATH_CHARS = 32_768

const LIMITS: Record<FileKind, { bytes: number; words: string }> = {
  recording: { bytes: MAX_OPENED_BYTES, words: 'a recording has at most 512 MiB' },
  scenario: { bytes: MAX_SCENARIO_BYTES, words: 'a scenario has at most 1 MiB' },
}

export class GivenFiles {
  private readonly waiting: string[] = []
  private left = 0
  private listener: (() => void) | undefined

  /** Whole paths. What is more than can wait is not opened, which the page is told too. */
  give(paths: readonly string[]): void {
    if (paths.length === 0) return
    for (const path of paths) {
      if (this.waiting.length < MAX_GIVEN_FILES) this.waiting.push(path)
      else this.left++
    }
    this.listener?.()
  }

  /** Called whenever something has been given. There is one listener. */
  onGiven(listener: () => void): void {
    this.listener = listener
  }

  /** The one that was given longest ago; null where there is none. Rejects with an Error in words where it cannot be read. */
  async take(): Promise<GivenFile | null> {
    const path = this.waiting.shift()
    if (path !== undefined) return readGiven(path)
    const { left } = this
    this.left = 0
    if (left === 0) return null
    throw new Error(
      `${left} more ${left === 1 ? 'file was' : 'files were'} not opened: open them one at a time.`,
    )
  }
}

async function readGiven(path: string): Promise<GivenFile> {
  const name = basename(path)
  const refuse = (words: string) => new Error(`${name} was not opened. ${words}`)
  const kind = kindOf(name)
  if (kind === undefined) {
    throw refuse('Roundabout opens recordings (.roundabout) and scenarios (.roundabout-scenario).')
  }
  try {
    // Before it is opened: opening a pipe waits for somebody to write into it.
    const found = await stat(path)
    if (found.isDirectory()) throw refuse('It is a folder.')
    if (!found.isFile()) throw refuse('It is no file but a device or a pipe.')
    const { bytes: limit, words } = LIMITS[kind]
    if (found.size > limit) throw refuse(`It has ${found.size} bytes; ${words}.`)
    return { name, bytes: await readUpTo(path, found.size) }
  } catch (error) {
    const words = SYSTEM_WORDS[codeOf(error)]
    if (words !== undefined) throw refuse(`${words} (${path})`)
    if (codeOf(error) !== '') throw refuse(`It cannot be read: ${codeOf(error)} (${path})`)
    throw error
  }
}

/** Not more than it had when it was looked at, however fast it grows. */
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
 * Words of a command line as whole paths; relative ones are those of `folder`. Some desktops write paths as file URLs: one
 * that is none stays as it is, and is then not found.
 */
export function wholePaths(words: readonly string[], folder: string): string[] {
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

const handedOver = v.object({
  files: v.array(v.pipe(v.string(), v.maxLength(MAX_PATH_CHARS))),
})
export type HandedOver = v.InferOutput<typeof handedOver>

/** The files that a second start hands over: from another process, so it may be anything. */
export function filesHandedOver(data: unknown): string[] {
  const checked = v.safeParse(handedOver, data)
  return checked.success ? checked.output.files : []
}

/** What a second start says before it ends. */
export function handOverWords(files: readonly string[]): string {
  if (files.length === 0) {
    return 'Roundabout is running already: its window has been brought to the front.'
  }
  const names = files.slice(0, MAX_GIVEN_FILES).map((path) => basename(path))
  return `Roundabout is running already: its window opens ${names.join(', ')}.`
}
