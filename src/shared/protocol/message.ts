// The messages of the protocol. `readMessage` takes a parsed JSON value, in any variation that
// programs in the wild send, and returns one normal form; the bytes themselves stay unchanged.

import { shortened } from '../format'
import type { ProtocolId } from '../ids'
import { MAX_ID_CHARS } from '../limits'
import { withVisibleControls } from '../visible-controls'
import { type Fault, fault } from './errors'
import { meantTypeWords, nearNameWords, otherTypeWords, wrappedWords } from './near-names'

/** A deviation from the protocol that is noted and shown, but accepted. */
type Deviation =
  | 'PAYLOAD_SIZE_MISSING'
  | 'PAYLOAD_SIZE_WRONG'
  | 'POLICY_KEY_SPELT_OTHERWISE'
  | 'TYPE_AS_STRING'

/** type 0: client → proxy → server. */
export interface ClientMessage {
  type: 0
  source: ProtocolId
  /** `srcid` as it was written, number or string, to be echoed in an error answer. */
  rawSource: string | number
  policy: ProtocolId
  payload: string
  notes: readonly Deviation[]
}

/** type 1: server → proxy. */
export interface Registration {
  type: 1
  server: ProtocolId
  policy: ProtocolId
  listenPort: number
  notes: readonly Deviation[]
}

/** type 2: server → proxy → client. */
export interface AnswerMessage {
  type: 2
  source: ProtocolId
  destination: ProtocolId
  /** Lower-case hex SHA-1 of the client's payload; a sentence in an error answer. */
  payload: string
  /** Present if the proxy reports an error. */
  error?: { code: string; message: string }
  notes: readonly Deviation[]
}

export type Message = ClientMessage | Registration | AnswerMessage

type JsonFields = Record<string, unknown>
const bytesOf = new TextEncoder()
const NO_NOTES: readonly Deviation[] = []

type Refused = { ok: false; fault: Fault }
type Read<T> = { ok: true; value: T } | Refused
export type MessageRead = Read<Message>

/**
 * Reads a parsed JSON value as a message. Faults: NOT_AN_OBJECT, MISSING_FIELD, WRONG_FIELD,
 * UNKNOWN_TYPE; the fault names the field.
 */
export function readMessage(value: unknown): MessageRead {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad('NOT_AN_OBJECT', `A message is a JSON object, not ${describe(value)}.`)
  }
  const fields = value as JsonFields
  const type = fields.type
  if (type === undefined) return missing(fields, 'type')
  switch (typeof type === 'string' ? type.trim() : type) {
    case 0:
    case '0':
      return readClientMessage(fields)
    case 1:
    case '1':
      return readRegistration(fields)
    case 2:
    case '2':
      return readAnswer(fields)
    default:
      return bad(
        'UNKNOWN_TYPE',
        `The field "type" is ${describe(type)}; it must be 0, 1 or 2${meantTypeWords(type, fields)}.`,
      )
  }
}

function readClientMessage(fields: JsonFields): Read<ClientMessage> {
  const source = idOf(fields.srcid)
  if (source === undefined) return badId(fields, 'srcid')
  const { privPoliId = fields.privPolyId } = fields
  const policy = idOf(privPoliId)
  if (policy === undefined) return badId(fields, 'privPoliId', 'privPolyId')
  const { payload } = fields
  if (typeof payload !== 'string') return badPayload(fields)
  return {
    ok: true,
    value: {
      type: 0,
      source,
      rawSource: fields.srcid as string | number,
      policy,
      payload,
      notes: notesOf(fields, fields.privPoliId === undefined, payload),
    },
  }
}

function readRegistration(fields: JsonFields): Read<Registration> {
  const server = idOf(fields.id)
  if (server === undefined) return badId(fields, 'id')
  const { privPolyId = fields.privPoliId } = fields
  const policy = idOf(privPolyId)
  if (policy === undefined) return badId(fields, 'privPolyId', 'privPoliId')
  const port = fields.listenport
  if (port === undefined) return missing(fields, 'listenport')
  const listenPort = wholeNumber(port)
  if (listenPort === undefined || listenPort < 1 || listenPort > 65_535) {
    return bad(
      'WRONG_FIELD',
      `The field "listenport" is ${describe(port)}; it must be a port from 1 to 65535.`,
    )
  }
  const notes = notesOf(fields, fields.privPolyId === undefined)
  return { ok: true, value: { type: 1, server, policy, listenPort, notes } }
}

function readAnswer(fields: JsonFields): Read<AnswerMessage> {
  const source = idOf(fields.srcid)
  if (source === undefined) return badId(fields, 'srcid')
  const destination = idOf(fields.destid)
  if (destination === undefined) return badId(fields, 'destid')
  const { payload } = fields
  if (typeof payload !== 'string') return badPayload(fields)
  const notes = notesOf(fields, false, payload)
  const answer: AnswerMessage = { type: 2, source, destination, payload, notes }
  const error = fields.error
  if (typeof error === 'object' && error !== null) {
    const { code, message } = error as JsonFields
    answer.error = { code: textOf(code), message: textOf(message) }
  }
  return { ok: true, value: answer }
}

/** Reads the id under `name`, or under the `otherName` that other programs use for it. */
export function readId(fields: JsonFields, name: string, otherName = name): Read<ProtocolId> {
  const id = idOf(fields[fields[name] === undefined ? otherName : name])
  return id === undefined ? badId(fields, name, otherName) : { ok: true, value: id }
}

/** Undefined where this is no id. */
function idOf(value: unknown): ProtocolId | undefined {
  if (typeof value === 'number') return numericId(value)
  if (typeof value !== 'string' || value.length > MAX_ID_CHARS) return undefined
  const id = value.trim()
  return id === '' ? undefined : id
}

/** Undefined for infinity (`1e999`) and for a whole number too large to be exact. */
function numericId(id: number): string | undefined {
  return Math.abs(id) <= Number.MAX_SAFE_INTEGER ? `${id}` : undefined
}

function badId(fields: JsonFields, name: string, otherName = name): Refused {
  const key = fields[name] === undefined ? otherName : name
  if (fields[key] === undefined) return missing(fields, name)
  return bad(
    'WRONG_FIELD',
    `The field "${key}" is ${describe(fields[key])}; it must be a number or a text of 1 to ${MAX_ID_CHARS} characters.`,
  )
}

function badPayload(fields: JsonFields): Refused {
  const { payload } = fields
  if (payload === undefined) return missing(fields, 'payload')
  return bad(
    'WRONG_FIELD',
    `The field "payload" is ${describe(payload)}; it must be a text, in double quotes.`,
  )
}

/**
 * Programs count UTF-16 units (JavaScript, Java), characters (Python) or UTF-8 bytes (C); each is
 * right.
 */
function sizeFits(payload: string, size: unknown): boolean {
  const stated = wholeNumber(size)
  if (stated === undefined) return false
  if (stated === payload.length) return true
  return stated > payload.length
    ? stated === bytesOf.encode(payload).length
    : stated === characterCount(payload)
}

function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** `payload`: of a message that has one. */
function notesOf(
  fields: JsonFields,
  isPolicySpeltOtherwise: boolean,
  payload?: string,
): readonly Deviation[] {
  const { type, payloadsize } = fields
  if (payloadsize === payload?.length && typeof type === 'number' && !isPolicySpeltOtherwise) {
    return NO_NOTES
  }
  const notes: Deviation[] = []
  if (typeof type === 'string') notes.push('TYPE_AS_STRING')
  if (isPolicySpeltOtherwise) notes.push('POLICY_KEY_SPELT_OTHERWISE')
  if (payload === undefined) return notes
  if (payloadsize === undefined) notes.push('PAYLOAD_SIZE_MISSING')
  else if (!sizeFits(payload, payloadsize)) notes.push('PAYLOAD_SIZE_WRONG')
  return notes
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : describe(value)
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'string') {
    return withVisibleControls(JSON.stringify(shortened(value, 41)))
  }
  return String(value)
}

function missing(fields: JsonFields, name: string): Refused {
  const better = name === 'type' ? wrappedWords(fields) : otherTypeWords(fields)
  const hint = better === '' ? nearNameWords(fields, name) : better
  return bad('MISSING_FIELD', `The field "${name}" is missing.${hint}`)
}

function bad(code: Fault['code'], message: string): Refused {
  return { ok: false, fault: fault(code, message) }
}
