// A second start of the app hands its files to the app that runs already, and then ends.
import { basename } from 'node:path'
import * as v from 'valibot'
import { MAX_WAITING_FILES } from './files-from-system'

/** The longest path that a start hands over to the app that runs. */
const MAX_PATH_CHARS = 32_768
/**
 * What a second start may send to the app that runs: its command line, and with it what it hands over. Electron takes 32 KiB
 * in one message, and the app that gets more of it crashes.
 */
const MAX_MESSAGE_BYTES = 24 * 1024
/** Of each word in it. */
const WORD_BYTES = 8

const handOverSchema = v.object({
  files: v.array(v.pipe(v.string(), v.maxLength(MAX_PATH_CHARS))),
  others: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})
type HandOver = v.InferOutput<typeof handOverSchema>
const messageSchema = v.object({ text: v.string() })
export type HandOverMessage = v.InferOutput<typeof messageSchema>

/** What a second start hands over: as many files as can wait, and how many others there are. */
export function handOverOf(files: readonly string[]): HandOver {
  const few = files.slice(0, MAX_WAITING_FILES)
  return { files: few, others: files.length - few.length }
}

/**
 * What is handed over as it is sent: in plain ASCII without a blank. Electron loses blanks, and with them everything, where the bytes of a value
 * have one beside a zero: a list of nine, or a text in which one character is not of Western Europe.
 */
export function messageOf(handed: HandOver): HandOverMessage {
  const text = JSON.stringify(handed).replace(
    /[^!-~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return { text }
}

/** The files that a second start hands over: from another process, so it may be anything. */
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

/** Whether the app that runs can be asked for its lock: it is sent this command line and folder, and the message. */
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

/** What a second start says before it ends. */
export function secondStartText(files: readonly string[]): string {
  if (files.length === 0) {
    return 'Roundabout is running already: its window has been brought to the front.'
  }
  const few = handOverOf(files)
  const names = few.files.map((path) => basename(path)).join(', ')
  const others = few.others === 0 ? '' : ` It does not open ${few.others} more.`
  return `Roundabout is running already: its window opens ${names}.${others}`
}
