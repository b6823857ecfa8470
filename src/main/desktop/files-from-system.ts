// Files that the system gives to the app: by a double click, or on the command line of this start or a later one. The
// page takes them one by one. It gets what was given and can name nothing, so that it never reaches another file.
import { open, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { Answered, GivenFile } from '../../shared/contract'
import { type FileKind, kindOf } from '../../shared/file-kinds'
import { MAX_OPENED_BYTES } from '../../shared/limits'
import { MAX_SCENARIO_BYTES } from '../../shared/scenario-file'

/** Files that wait to be taken: the page shows one at a time. */
export const MAX_GIVEN_FILES = 10
/** The longest path that a start hands over to the app that runs. */
const MAX_PATH_CHARS = 32_768
/**
 * What a second start may send to the app that runs: its command line, and with it what it hands over. Electron takes 32 KiB
 * in one message, and the app that gets more of it crashes.
 */
const MAX_MESSAGE_BYTES = 24 * 1024
/** Of each word in it. */
const WORD_BYTES = 8
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
}

/** The words are for the person; `logged` is the same without the folder, whose name can be a person's. */
class NotOpened extends Error {
  readonly logged: string

  constructor(name: string, words: string, path?: string) {
    super(`${name} was not opened. ${words}${path === undefined ? '' : ` (${path})`}`)
    this.logged = `The file "${name}" was not opened: ${words}`
  }
}

export class GivenFiles {
  private readonly waiting: string[] = []
  private left = 0
  private listener: (() => void) | undefined

  /** `tell`: for the log, what was not opened. */
  constructor(private readonly tell: (text: string) => void) {}

  /**
   * Whole paths, and how many more there were. What is more than can wait is not opened, which the page is told too.
   */
  give(paths: readonly string[], others = 0): void {
    if (paths.length + others === 0) return
    this.left += others
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

  /** The one that was given longest ago; null where there is none; in words where it cannot be read. */
  async take(): Promise<Answered<GivenFile | null>> {
    const path = this.waiting.shift()
    if (path !== undefined) return this.read(path)
    const { left } = this
    this.left = 0
    if (left === 0) return { ok: true, value: null }
    const error = `${left} more ${left === 1 ? 'file was' : 'files were'} not opened: open them one at a time.`
    this.tell(error)
    return { ok: false, error }
  }

  private async read(path: string): Promise<Answered<GivenFile>> {
    try {
      return { ok: true, value: await readGiven(path) }
    } catch (error) {
      if (!(error instanceof NotOpened)) throw error
      this.tell(error.logged)
      return { ok: false, error: error.message }
    }
  }
}

async function readGiven(path: string): Promise<GivenFile> {
  const name = basename(path)
  const refuse = (words: string) => new NotOpened(name, words)
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
    if (words !== undefined) throw new NotOpened(name, words, path)
    if (codeOf(error) !== '')
      throw new NotOpened(name, `It cannot be read: ${codeOf(error)}.`, path)
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
  others: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
type HandedOver = v.InferOutput<typeof handedOver>
const message = v.object({ text: v.string() })
export type Message = v.InferOutput<typeof message>

/** What a second start hands over: as many files as can wait, and how many others there are. */
export function handOver(files: readonly string[]): HandedOver {
  const few = files.slice(0, MAX_GIVEN_FILES)
  return { files: few, others: files.length - few.length }
}

/**
 * What is handed over as it is sent: in plain ASCII without a blank. Electron loses blanks, and with them everything, where the bytes of a value
 * have one beside a zero: a list of nine, or a text in which one character is not of Western Europe.
 */
export function messageOf(handed: HandedOver): Message {
  const text = JSON.stringify(handed).replace(
    /[^!-~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return { text }
}

/** The files that a second start hands over: from another process, so it may be anything. */
export function filesHandedOver(data: unknown): HandedOver {
  const sent = v.safeParse(message, data)
  const checked = v.safeParse(handedOver, sent.success ? read(sent.output.text) : undefined)
  return checked.success ? checked.output : handOver([])
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Whether the app that runs can be asked for its lock: it is sent this command line and folder, and the message. */
export function canBeSent(argv: readonly string[], folder: string, { text }: Message): boolean {
  const bytes = [...argv, folder, text].reduce(
    (sum, word) => sum + Buffer.byteLength(word) + WORD_BYTES,
    0,
  )
  return bytes <= MAX_MESSAGE_BYTES
}

export const TOO_MANY_WORDS = `Too many files at once: none was opened. Open at most ${MAX_GIVEN_FILES} at a time.`

/** What a second start says before it ends. */
export function handOverWords(files: readonly string[]): string {
  if (files.length === 0) {
    return 'Roundabout is running already: its window has been brought to the front.'
  }
  const few = handOver(files)
  const names = few.files.map((path) => basename(path)).join(', ')
  const others = few.others === 0 ? '' : ` It does not open ${few.others} more.`
  return `Roundabout is running already: its window opens ${names}.${others}`
}
