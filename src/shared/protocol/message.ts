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
type Read<T> = { ok: true; value: T } | { ok: false; fault: Fault }

const bytesOf = new TextEncoder()

/**
 * Reads a parsed JSON value as a message. Faults: NOT_AN_OBJECT, MISSING_FIELD, WRONG_FIELD,
 * UNKNOWN_TYPE; the fault names the field.
 */
export function readMessage(value: unknown): Read<Message> {
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
  const source = readId(fields, 'srcid')
  if (!source.ok) return source
  const notes = notesOf(fields, 'privPoliId', 'privPolyId')
  const policy = readId(fields, 'privPoliId', 'privPolyId')
  if (!policy.ok) return policy
  const payload = readPayload(fields, notes)
  if (!payload.ok) return payload
  return {
    ok: true,
    value: {
      type: 0,
      source: source.value,
      rawSource: fields.srcid as string | number,
      policy: policy.value,
      payload: payload.value,
      notes,
    },
  }
}

function readRegistration(fields: JsonFields): Read<Registration> {
  const server = readId(fields, 'id')
  if (!server.ok) return server
  const notes = notesOf(fields, 'privPolyId', 'privPoliId')
  const policy = readId(fields, 'privPolyId', 'privPoliId')
  if (!policy.ok) return policy
  const port = fields.listenport
  if (port === undefined) return missing(fields, 'listenport')
  const listenPort = wholeNumber(port)
  if (listenPort === undefined || listenPort < 1 || listenPort > 65_535) {
    return bad(
      'WRONG_FIELD',
      `The field "listenport" is ${describe(port)}; it must be a port from 1 to 65535.`,
    )
  }
  return {
    ok: true,
    value: { type: 1, server: server.value, policy: policy.value, listenPort, notes },
  }
}

function readAnswer(fields: JsonFields): Read<AnswerMessage> {
  const source = readId(fields, 'srcid')
  if (!source.ok) return source
  const destination = readId(fields, 'destid')
  if (!destination.ok) return destination
  const notes = notesOf(fields)
  const payload = readPayload(fields, notes)
  if (!payload.ok) return payload
  const answer: AnswerMessage = {
    type: 2,
    source: source.value,
    destination: destination.value,
    payload: payload.value,
    notes,
  }
  const error = fields.error
  if (typeof error === 'object' && error !== null) {
    const { code, message } = error as JsonFields
    answer.error = { code: textOf(code), message: textOf(message) }
  }
  return { ok: true, value: answer }
}

/** Reads the id under `name`, or under the `otherName` that other programs use for it. */
export function readId(fields: JsonFields, name: string, otherName?: string): Read<ProtocolId> {
  const key = otherName !== undefined && fields[name] === undefined ? otherName : name
  const found = fields[key]
  if (found === undefined) return missing(fields, name)
  const id = typeof found === 'number' ? numericId(found) : typeof found === 'string' ? found : ''
  const trimmed = id.trim()
  if (trimmed === '' || id.length > MAX_ID_CHARS) {
    return bad(
      'WRONG_FIELD',
      `The field "${key}" is ${describe(found)}; it must be a number or a text of 1 to ${MAX_ID_CHARS} characters.`,
    )
  }
  return { ok: true, value: trimmed }
}

/** Empty for infinity (`1e999`) and for a whole number too large to be exact. */
function numericId(id: number): string {
  return Math.abs(id) <= Number.MAX_SAFE_INTEGER ? String(id) : ''
}

function readPayload(fields: JsonFields, notes: Deviation[]): Read<string> {
  const payload = fields.payload
  if (payload === undefined) return missing(fields, 'payload')
  if (typeof payload !== 'string') {
    return bad(
      'WRONG_FIELD',
      `The field "payload" is ${describe(payload)}; it must be a text, in double quotes.`,
    )
  }
  if (fields.payloadsize === undefined) notes.push('PAYLOAD_SIZE_MISSING')
  else if (!sizeFits(payload, fields.payloadsize)) notes.push('PAYLOAD_SIZE_WRONG')
  return { ok: true, value: payload }
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

function notesOf(fields: JsonFields, policyKey?: string, otherPolicyKey?: string): Deviation[] {
  const notes: Deviation[] = []
  if (typeof fields.type === 'string') notes.push('TYPE_AS_STRING')
  if (
    policyKey &&
    otherPolicyKey &&
    fields[policyKey] === undefined &&
    fields[otherPolicyKey] !== undefined
  ) {
    notes.push('POLICY_KEY_SPELT_OTHERWISE')
  }
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

function missing(fields: JsonFields, name: string): { ok: false; fault: Fault } {
  const better = name === 'type' ? wrappedWords(fields) : otherTypeWords(fields)
  const hint = better === '' ? nearNameWords(fields, name) : better
  return bad('MISSING_FIELD', `The field "${name}" is missing.${hint}`)
}

function bad(code: Fault['code'], message: string): { ok: false; fault: Fault } {
  return { ok: false, fault: fault(code, message) }
}
