// What is odd about a message, in words for the person who wrote the program that sent it. Only what is looked at is
// examined so closely: the proxy itself notes no more than it needs (shared/protocol/message.ts).
import { type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser'
import { counted, shortened } from '../format'
import type { ProtocolId } from '../ids'
import type { Answer, ClientMessage, Registration } from '../protocol/message'
import { readBytes } from '../protocol/reading'
import { fieldRanges, MAX_MARKED_BYTES } from './field-ranges'
import { unknownFields } from './message-fields'

export interface MessageNote {
  /** `fault`: it is no message. `off`: it is one, and something is not as it should be. `info`: good to know. */
  level: 'fault' | 'off' | 'info'
  text: string
}

/** A payload and its SHA-1 in lower-case hex, undefined until that has been computed. */
export interface HashedPayload {
  payload: string
  hash: string | undefined
}

/** What is known of the question that an answer belongs to. */
export interface Asked {
  client: ProtocolId
  /** As the client sent it, and as the server got it, which differs where it was edited on its way. */
  sent: HashedPayload
  handedOver: HashedPayload | undefined
}

type Fields = Readonly<Record<string, unknown>>

export function notesOn(bytes: Uint8Array, asked?: Asked): MessageNote[] {
  const reading = readBytes(bytes)
  if (reading.kind === 'unreadable') return [faultNote(unreadableWords(bytes, reading.problem))]
  const { fields } = reading
  const notes: MessageNote[] = []
  if (reading.kind === 'other') notes.push(faultNote(reading.problem))
  else {
    const { message } = reading
    if (message.type !== 2) pushIf(notes, policyKeyWords(message, fields))
    if (message.type !== 1) pushIf(notes, sizeWords(message, fields))
    if (message.type === 2 && !message.error) notes.push(...answerNotes(message, asked))
  }
  pushIf(notes, textsForNumbersWords(fields))
  for (const text of twiceWords(bytes)) pushIf(notes, text)
  const unknown = unknownFields(fields)
  if (unknown.length > 0) notes.push({ level: 'info', text: unknownWords(unknown) })
  return notes
}

function faultNote(text: string): MessageNote {
  return { level: 'fault', text }
}

function pushIf(notes: MessageNote[], text: string | undefined): void {
  if (text !== undefined) notes.push({ level: 'off', text })
}

function policyKeyWords({ type, notes }: ClientMessage | Registration, fields: Fields) {
  if (!notes.includes('POLICY_KEY_SPELT_OTHERWISE')) return undefined
  const [right, used] = type === 0 ? ['privPoliId', 'privPolyId'] : ['privPolyId', 'privPoliId']
  if (!Object.hasOwn(fields, used)) return undefined
  return `The policy stands under "${used}"; in a message of type ${type} the key is "${right}". They differ by one letter.`
}

function sizeWords({ notes, payload }: ClientMessage | Answer, fields: Fields) {
  if (notes.includes('PAYLOAD_SIZE_MISSING')) {
    return `payloadsize is missing; the payload has ${lengthWords(payload)}. A program that relies on it does not know when to stop reading.`
  }
  if (!notes.includes('PAYLOAD_SIZE_WRONG')) return undefined
  const stated = shortened(JSON.stringify(fields.payloadsize), LONGEST_VALUE)
  return `payloadsize says ${stated}, but the payload has ${lengthWords(payload)}.`
}

/** `5 characters`, or, where the two differ, `5 characters (7 bytes)`. */
function lengthWords(payload: string): string {
  let characters = 0
  for (const _ of payload) characters++
  const bytes = payloadBytes(payload)
  const words = counted(characters, 'character')
  return bytes === characters ? words : `${words} (${counted(bytes, 'byte')})`
}

/** What payloadsize says in the app's own messages. */
export function payloadBytes(payload: string): number {
  return new TextEncoder().encode(payload).length
}

const SHA1_DIGITS = 40
const LONGEST_VALUE = 40

function answerNotes({ payload, destination }: Answer, asked: Asked | undefined): MessageNote[] {
  const notes: MessageNote[] = []
  if (asked && asked.client !== destination) {
    pushIf(notes, `destid is ${destination}, but client ${asked.client} asked.`)
  }
  if (!new RegExp(`^[0-9a-f]{${SHA1_DIGITS}}$`, 'i').test(payload)) {
    pushIf(
      notes,
      `The payload is no SHA-1 hash: that has ${SHA1_DIGITS} hex digits; this is ${textWords(payload)}.`,
    )
  } else if (payload !== payload.toLowerCase()) {
    pushIf(
      notes,
      'The hash has capital letters. Lower-case hex is expected: a program that compares the texts finds it wrong.',
    )
  }
  if (asked) pushIf(notes, hashWords(payload, asked))
  return notes
}

function hashWords(payload: string, { sent, handedOver }: Asked): string | undefined {
  const got = payload.toLowerCase()
  if (sent.hash === undefined || got === sent.hash) return undefined
  const why =
    handedOver !== undefined && handedOver.payload !== sent.payload && got === handedOver.hash
      ? ` It is the hash of ${textWords(handedOver.payload)}, which the server got: the message was edited on its way.`
      : ''
  return `The hash is wrong. Expected ${sent.hash}, the SHA-1 of ${textWords(sent.payload)}; got ${/^[0-9a-f]+$/i.test(payload) ? shortened(payload, 2 * SHA1_DIGITS) : textWords(payload)}.${why}`
}

function textWords(text: string): string {
  return JSON.stringify(shortened(text, LONGEST_VALUE + 10))
}

const NUMBERS = [
  'type',
  'srcid',
  'destid',
  'id',
  'privPoliId',
  'privPolyId',
  'payloadsize',
  'listenport',
]

function textsForNumbersWords(fields: Fields): string | undefined {
  const found = NUMBERS.filter((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    return typeof value === 'string' && /^\s*\d+\s*$/.test(value)
  })
  const [first] = found
  if (first === undefined) return undefined
  const example = JSON.stringify(fields[first])
  return found.length === 1
    ? `${first} is a number written as a text: ${example}. Roundabout takes both; a program that compares numbers may not.`
    : `${listWords(found)} are numbers written as texts: ${example}. Roundabout takes both; a program that compares numbers may not.`
}

function twiceWords(bytes: Uint8Array): string[] {
  const counts = new Map<string, number>()
  for (const { name } of fieldRanges(bytes)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .slice(0, MOST_NAMES)
    .map(([name, count]) => {
      const times = count === 2 ? 'twice' : `${count} times`
      return `${nameWords(name)} is there ${times}. The last one counts here; other programs may take the first.`
    })
}

const MOST_NAMES = 6

function unknownWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(nameWords)
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`)
  return names.length === 1
    ? `The protocol does not know the field ${listWords(shown)}. It is passed on as it came.`
    : `The protocol does not know the fields ${listWords(shown)}. They are passed on as they came.`
}

function nameWords(name: string): string {
  return JSON.stringify(shortened(name, LONGEST_VALUE))
}

/** `a`, `a and b`, `a, b and c`. */
function listWords(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** The problem with bytes that are no object, and the byte where it begins, where that can be told. */
function unreadableWords(bytes: Uint8Array, problem: string): string {
  const wrong = firstWrongByte(bytes)
  if (wrong !== undefined) {
    return wrong === bytes.length
      ? 'The bytes are not UTF-8: they end in the middle of a character.'
      : `The bytes are not UTF-8: byte ${wrong} (${hexOf(bytes[wrong] ?? 0)}) cannot stand there.`
  }
  if (bytes.length > MAX_MARKED_BYTES) return problem
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  const errors: ParseError[] = []
  parseTree(text, errors, { disallowComments: true })
  const [error] = errors
  if (error === undefined) return problem
  const byte = payloadBytes(text.slice(0, error.offset))
  return printParseErrorCode(error.error) === 'EndOfFileExpected'
    ? `The bytes are not one JSON object: something follows it, from byte ${byte} on.`
    : `The bytes are not JSON: byte ${byte} is the first that does not fit.`
}

function hexOf(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`
}

/** Where bytes stop being UTF-8; their length, where they end too early; undefined, where they are UTF-8. */
function firstWrongByte(bytes: Uint8Array): number | undefined {
  if (isUtf8(bytes, false)) return undefined
  if (isUtf8(bytes, true)) return bytes.length
  let good = 0
  let bad = bytes.length
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1
    if (isUtf8(bytes.subarray(0, middle), true)) good = middle
    else bad = middle
  }
  return good
}

/** `mayGoOn`: they may end within a character. */
function isUtf8(bytes: Uint8Array, mayGoOn: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: mayGoOn })
    return true
  } catch {
    return false
  }
}
