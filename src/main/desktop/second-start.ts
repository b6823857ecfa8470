// A second start of the app hands its files to the app that runs already, and then ends.
import { basename } from 'node:path'
import * as v from 'valibot'
import { MAX_WAITING_FILES } from './files-from-system'

/** The longest path that a second start can hand over. */
const MAX_PATH_CHARS = 32_768
/**
 * Limit for the message of a second start, which contains its command line and its files. Electron
 * accepts 32 KiB in one message and crashes the receiving app beyond that.
 */
const MAX_MESSAGE_BYTES = 24 * 1024
/** Overhead of each argument in that message. */
const WORD_BYTES = 8

const handOverSchema = v.object({
  files: v.array(v.pipe(v.string(), v.maxLength(MAX_PATH_CHARS))),
  others: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
type HandOver = v.InferOutput<typeof handOverSchema>
const messageSchema = v.object({ text: v.string() })
type HandOverMessage = v.InferOutput<typeof messageSchema>

/** Returns the files that fit in the queue of the running app, and how many others there are. */
export function handOverOf(files: readonly string[]): HandOver {
  const few = files.slice(0, MAX_WAITING_FILES)
  return { files: few, others: files.length - few.length }
}

/**
 * Encodes the files as ASCII without spaces. Electron loses spaces, and with them the whole value,
 * where a space stands beside a zero byte: in a list of nine, or in a text with one non-Latin-1
 * character.
 */
export function messageOf(handed: HandOver): HandOverMessage {
  const text = JSON.stringify(handed).replace(
    /[^!-~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return { text }
}

/** Parses what a second start sent. It comes from another process, so it may be anything. */
export function readHandOver(data: unknown): HandOver {
  const sent = v.safeParse(messageSchema, data)
  const checked = v.safeParse(
    handOverSchema,
    sent.success ? parseJson(sent.output.text) : undefined,
  )
  return checked.success ? checked.output : handOverOf([])
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Returns whether the running app can receive this: it gets the command line, the folder and the
 * message.
 */
export function canBeSent(
  argv: readonly string[],
  folder: string,
  { text }: HandOverMessage,
): boolean {
  const bytes = [...argv, folder, text].reduce(
    (sum, word) => sum + Buffer.byteLength(word) + WORD_BYTES,
    0,
  )
  return bytes <= MAX_MESSAGE_BYTES
}

export const TOO_MANY_FILES = `Too many files at once: none was opened. Open at most ${MAX_WAITING_FILES} at a time.`

/** The text that a second start logs before it ends. */
export function secondStartText(files: readonly string[]): string {
  if (files.length === 0) {
    return 'Roundabout is running already: its window has been brought to the front.'
  }
  const few = handOverOf(files)
  const names = few.files.map((path) => basename(path)).join(', ')
  const others = few.others === 0 ? '' : ` It does not open ${few.others} more.`
  return `Roundabout is running already: its window opens ${names}.${others}`
}
