// What is wrong or unusual about a message, in sentences for the author of the program that sent it: the inspector shows
// them, and they need no screen. The proxy's own checks stop at what forwarding needs (protocol/message.ts).
import { counted, shortened } from '../format'
import type { ProtocolId } from '../ids'
import type { AnswerMessage, ClientMessage, Registration } from '../protocol/message'
import { nearNameWords } from '../protocol/near-names'
import { readBytes } from '../protocol/reading'
import { visibly } from '../visible-controls'
import { fieldRanges } from './field-ranges'
import { unknownFields } from './message-fields'
import { utf8Length } from './utf8'

/** What a note is about: stable names, for the socket doctor (doctor/). */
export type NoteId =
  | 'unreadable'
  | 'no-message'
  | 'policy-key'
  | 'payloadsize-missing'
  | 'payloadsize-wrong'
  | 'wrong-destid'
  | 'not-a-hash'
  | 'hash-in-capitals'
  | 'wrong-hash'
  | 'numbers-as-texts'
  | 'repeated-field'
  | 'unknown-fields'

/** A sentence for a person. */
export interface Remark {
  /** `fault`: the bytes are no message. `off`: a message with a mistake. `info`: a fact without a mistake. */
  level: 'fault' | 'off' | 'info'
  text: string
}

export interface MessageNote extends Remark {
  id: NoteId
  /** The field that it is about, where it is about one that is there. */
  field?: string
}

/** A payload and its SHA-1 in lower-case hex; `hash` is undefined until the caller has computed it. */
interface HashedPayload {
  payload: string
  hash: string | undefined
}

/** The message that an answer replies to. */
export interface AnsweredMessage {
  client: ProtocolId
  /** The client's payload. */
  sent: HashedPayload
  /** The server's copy of it, which differs after an edit in transit; undefined if unknown. */
  received: HashedPayload | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** Gives the notes on one message, worst first. Without `answered`, an answer's hash and client are not judged. */
export function notesOn(bytes: Uint8Array, answered?: AnsweredMessage): MessageNote[] {
  const reading = readBytes(bytes)
  if (reading.kind === 'unreadable') return [faultNote('unreadable', reading.problem)]
  const { fields } = reading
  const notes: MessageNote[] = []
  if (reading.kind === 'other') notes.push(faultNote('no-message', reading.problem))
  else {
    const { message } = reading
    if (message.type !== 2) pushIf(notes, policyKeyNote(message, fields))
    if (message.type !== 1) pushIf(notes, sizeNote(message, fields))
    if (message.type === 2 && !message.error) notes.push(...answerNotes(message, answered))
  }
  pushIf(notes, textsForNumbersNote(fields))
  if (canRepeat(bytes, fields)) notes.push(...twiceNotes(bytes))
  const unknown = unknownFields(fields)
  if (unknown.length > 0) {
    notes.push({ id: 'unknown-fields', level: 'info', text: unknownWords(unknown) })
  }
  return notes
}

function faultNote(id: NoteId, text: string): MessageNote {
  return { id, level: 'fault', text }
}

function off(id: NoteId, text: string, field?: string): MessageNote {
  return { id, level: 'off', text, ...(field !== undefined && { field }) }
}

function pushIf(notes: MessageNote[], note: MessageNote | undefined): void {
  if (note !== undefined) notes.push(note)
}

function policyKeyNote({ type, notes }: ClientMessage | Registration, fields: Fields) {
  if (!notes.includes('POLICY_KEY_SPELT_OTHERWISE')) return undefined
  const [right, used] = type === 0 ? ['privPoliId', 'privPolyId'] : ['privPolyId', 'privPoliId']
  if (!Object.hasOwn(fields, used)) return undefined
  const text = `The policy stands under "${used}"; in a message of type ${type} the key is "${right}". They differ by one letter.`
  return off('policy-key', text, used)
}

function sizeNote({ notes, payload }: ClientMessage | AnswerMessage, fields: Fields) {
  if (notes.includes('PAYLOAD_SIZE_MISSING')) {
    const text = `payloadsize is missing; the payload has ${lengthWords(payload)}. A program that relies on it does not know when to stop reading.${nearNameWords(fields, 'payloadsize')}`
    return off('payloadsize-missing', text)
  }
  if (!notes.includes('PAYLOAD_SIZE_WRONG')) return undefined
  const stated = shortened(JSON.stringify(fields.payloadsize), LONGEST_VALUE)
  const text = visibly`payloadsize says ${stated}, but the payload has ${lengthWords(payload)}.`
  return off('payloadsize-wrong', text, 'payloadsize')
}

/** Gives `5 characters`, or `5 characters (7 bytes)` if the numbers differ. */
function lengthWords(payload: string): string {
  let characters = 0
  for (const _ of payload) characters++
  const bytes = utf8Length(payload)
  const words = counted(characters, 'character')
  return bytes === characters ? words : `${words} (${counted(bytes, 'byte')})`
}

const SHA1_DIGITS = 40
const LONGEST_VALUE = 40

function answerNotes(
  { payload, destination }: AnswerMessage,
  answered: AnsweredMessage | undefined,
): MessageNote[] {
  const notes: MessageNote[] = []
  if (answered && answered.client !== destination) {
    const text = visibly`destid is ${destination}, but client ${answered.client} asked.`
    notes.push(off('wrong-destid', text, 'destid'))
  }
  if (!new RegExp(`^[0-9a-f]{${SHA1_DIGITS}}$`, 'i').test(payload)) {
    const text = `The payload is no SHA-1 hash: that has ${SHA1_DIGITS} hex digits; this is ${textWords(payload)}.`
    notes.push(off('not-a-hash', text, 'payload'))
  } else if (payload !== payload.toLowerCase()) {
    const text =
      'The hash has capital letters. Lower-case hex is expected: a program that compares the texts finds it wrong.'
    notes.push(off('hash-in-capitals', text, 'payload'))
  }
  const wrong = answered && hashWords(payload, answered)
  if (wrong !== undefined) notes.push(off('wrong-hash', wrong, 'payload'))
  return notes
}

function hashWords(payload: string, { sent, received }: AnsweredMessage): string | undefined {
  const found = payload.toLowerCase()
  if (sent.hash === undefined || found === sent.hash) return undefined
  const shown = /^[0-9a-f]+$/i.test(payload)
    ? shortened(payload, 2 * SHA1_DIGITS)
    : textWords(payload)
  const why =
    received !== undefined && received.payload !== sent.payload && found === received.hash
      ? ` It is the hash of ${textWords(received.payload)}, which the server got: the message was edited on its way.`
      : ''
  return `The hash is wrong. Expected ${sent.hash}, the SHA-1 of ${textWords(sent.payload)}; got ${shown}.${why}`
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

function textsForNumbersNote(fields: Fields): MessageNote | undefined {
  const found = NUMBERS.filter((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    return typeof value === 'string' && /^\s*\d+\s*$/.test(value)
  })
  const [first] = found
  if (first === undefined) return undefined
  const example = JSON.stringify(fields[first])
  const what =
    found.length === 1
      ? `${first} is a number written as a text`
      : `${listWords(found)} are numbers written as texts`
  const text = `${what}: ${example}. Roundabout takes both; a program that compares numbers may not.`
  return off('numbers-as-texts', text, first)
}

/** With no more colons than fields, each field is there once. To count them takes a fraction of what finding the fields takes. */
function canRepeat(bytes: Uint8Array, fields: Fields): boolean {
  let left = Object.keys(fields).length
  for (let at = bytes.indexOf(COLON); at !== -1; at = bytes.indexOf(COLON, at + 1)) {
    if (--left < 0) return true
  }
  return false
}

const COLON = ':'.charCodeAt(0)

function twiceNotes(bytes: Uint8Array): MessageNote[] {
  const counts = new Map<string, number>()
  for (const { name } of fieldRanges(bytes)) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .slice(0, MOST_NAMES)
    .map(([name, count]) => {
      const times = count === 2 ? 'twice' : `${count} times`
      const text = `${nameWords(name)} is there ${times}. The last one counts here; other programs may take the first.`
      return off('repeated-field', text, name)
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

/** Gives `a`, `a and b`, `a, b and c`. */
function listWords(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}
