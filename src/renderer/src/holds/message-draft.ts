// A held packet's bytes while they are edited, as fields, as text or as hex, and from each of them back to bytes.

import { concat } from '../../../shared/concat'
import { type FieldRange, fieldRanges, type Range } from '../../../shared/diagnosis/field-ranges'
import { utf8Length } from '../../../shared/diagnosis/utf8'
import { readBytes } from '../../../shared/protocol/reading'
import { BYTES_PER_ROW, hexOf as hexOfByte } from '../ui/hex'

export interface FieldDraft {
  name: string
  /** The text in the input: JSON or, where `isText`, also a string without quotes. */
  value: string
  /** Whether the value was a string when editing began. */
  isText?: boolean
}

export type MessageDraft =
  /** `base`: the bytes that the fields were read from, of which everything unchanged is kept. */
  | { mode: 'fields'; fields: readonly FieldDraft[]; base: Uint8Array }
  | { mode: 'text'; text: string }
  | { mode: 'hex'; hex: string }

export type EditMode = MessageDraft['mode']

export type Made =
  | { ok: true; bytes: Uint8Array }
  /** `field`: the index of the field at fault, if there is one. */
  | { ok: false; problem: string; field?: number }

type Switched = { ok: true; draft: MessageDraft } | { ok: false; problem: string }

const utf8 = new TextEncoder()
/** As many as in the hex view. */
const HEX_BYTES_A_LINE = BYTES_PER_ROW

/** A draft in the simplest way of editing that the bytes allow: fields, else text, else hex. */
export function messageDraftOf(bytes: Uint8Array): MessageDraft {
  for (const mode of ['fields', 'text'] as const) {
    const draft = draftIn(mode, bytes)
    if (draft.ok) return draft.draft
  }
  return { mode: 'hex', hex: hexOf(bytes) }
}

export function draftIn(mode: EditMode, bytes: Uint8Array): Switched {
  switch (mode) {
    case 'fields': {
      const ranges = fieldRanges(bytes)
      if (ranges.length === 0) {
        return {
          ok: false,
          problem: 'Only a JSON object with fields can be edited field by field.',
        }
      }
      const fields = ranges.map(({ name, value: range }) => {
        const value = textIn(bytes, range)
        return { name, value, isText: value.startsWith('"') }
      })
      return { ok: true, draft: { mode, fields, base: bytes } }
    }
    case 'text': {
      const text = textOf(bytes)
      if (text === undefined) {
        return { ok: false, problem: 'These bytes are not UTF-8: they can be edited as hex.' }
      }
      if (text.includes('\r')) {
        const problem = 'There are carriage returns in it, which a text field would not keep.'
        return { ok: false, problem }
      }
      return { ok: true, draft: { mode, text } }
    }
    case 'hex':
      return { ok: true, draft: { mode, hex: hexOf(bytes) } }
  }
}

/** Changes the way of editing; what has been typed is kept. */
export function switchDraft(draft: MessageDraft, mode: EditMode): Switched {
  if (draft.mode === mode) return { ok: true, draft }
  if (draft.mode === 'fields') return draftIn(mode, bytesOfFields(draft))
  const made = bytesOf(draft)
  return made.ok ? draftIn(mode, made.bytes) : made
}

/** The bytes of a draft. */
export function bytesOf(draft: MessageDraft): Made {
  switch (draft.mode) {
    case 'fields': {
      const wrong = draft.fields.findIndex((field) => !isJson(jsonOf(field)))
      const field = draft.fields[wrong]
      if (field) return { ok: false, problem: problemWith(field), field: wrong }
      return { ok: true, bytes: bytesOfFields(draft) }
    }
    case 'text':
      return draft.text === ''
        ? { ok: false, problem: EMPTY }
        : { ok: true, bytes: utf8.encode(draft.text) }
    case 'hex':
      return bytesOfHex(draft.hex)
  }
}

const EMPTY = 'A packet has at least one byte.'

function problemWith({ name, value }: FieldDraft): string {
  const what = name === '' ? 'The value' : `The value of ${name}`
  if (value.trim() === '') return `${what} is empty. An empty text is written "".`
  return `${what} is not JSON. A text stands in quotes: ${JSON.stringify(value.trim())}.`
}

/** The value as JSON. A string may be typed without quotes. */
function jsonOf({ value, isText = false }: FieldDraft): string {
  return isText && !value.trimStart().startsWith('"') ? JSON.stringify(value) : value
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Where only values have changed, keeps all other bytes. */
function bytesOfFields({ fields, base }: Extract<MessageDraft, { mode: 'fields' }>): Uint8Array {
  const ranges = fieldRanges(base)
  const sameKeys =
    ranges.length === fields.length &&
    ranges.every(({ name }, index) => name === fields[index]?.name)
  if (!sameKeys) {
    const written = fields.map((field) => `${JSON.stringify(field.name)}:${jsonOf(field)}`)
    return utf8.encode(`{${written.join(',')}}`)
  }
  const changes: Change[] = []
  ranges.forEach(({ value }, index) => {
    const field = fields[index]
    if (field === undefined) return
    const text = jsonOf(field)
    if (text !== textIn(base, value)) changes.push({ range: value, text })
  })
  return changed(base, changes)
}

interface Change {
  range: Range
  text: string
}

/** Applies `changes`, which are in order and do not overlap. */
function changed(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  const parts: Uint8Array[] = []
  let at = 0
  for (const { range, text } of changes) {
    parts.push(bytes.subarray(at, range.from), utf8.encode(text))
    at = range.to
  }
  parts.push(bytes.subarray(at))
  return concat(parts)
}

function bytesOfHex(hex: string): Made {
  const digits = hex.replace(/\s+/g, '')
  const wrong = /[^0-9a-f]/i.exec(digits)
  if (wrong) return { ok: false, problem: `${JSON.stringify(wrong[0])} is no hex digit.` }
  if (digits === '') return { ok: false, problem: EMPTY }
  if (digits.length % 2 === 1) {
    return { ok: false, problem: 'A byte is two hex digits; at the end there is one too few.' }
  }
  const bytes = new Uint8Array(digits.length / 2)
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16)
  }
  return { ok: true, bytes }
}

function hexOf(bytes: Uint8Array): string {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += HEX_BYTES_A_LINE) {
    const line = bytes.subarray(at, at + HEX_BYTES_A_LINE)
    lines.push(Array.from(line, hexOfByte).join(' '))
  }
  return lines.join('\n')
}

/**
 * Corrects the payloadsize to the payload's length in bytes. Returns that size with the bytes; undefined if it is
 * correct already, or if there is no payload or payloadsize.
 */
export function withRightSize(bytes: Uint8Array): { size: number; bytes: Uint8Array } | undefined {
  const reading = readBytes(bytes)
  if (reading.kind !== 'message' || reading.message.type === 1) return undefined
  const { notes, payload: text } = reading.message
  if (!notes.includes('PAYLOAD_SIZE_MISSING') && !notes.includes('PAYLOAD_SIZE_WRONG')) {
    return undefined
  }
  const ranges = fieldRanges(bytes)
  const size = utf8Length(text)
  const stated = lastNamed(ranges, 'payloadsize')
  if (stated) {
    const asText = textIn(bytes, stated.value).startsWith('"')
    const written = asText ? JSON.stringify(String(size)) : String(size)
    return { size, bytes: changed(bytes, [{ range: stated.value, text: written }]) }
  }
  const payload = lastNamed(ranges, 'payload')
  if (payload === undefined) return undefined
  const { from } = payload.key
  const range = { from, to: from }
  return { size, bytes: changed(bytes, [{ range, text: `"payloadsize":${size},` }]) }
}

/** The last field of that name, which is the one that counts. */
function lastNamed(ranges: readonly FieldRange[], name: string): FieldRange | undefined {
  return ranges.filter((range) => range.name === name).at(-1)
}

function textIn(bytes: Uint8Array, { from, to }: Range): string {
  return textOf(bytes.subarray(from, to)) ?? ''
}

/** Decodes all bytes, including a byte order mark; undefined if they are not UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const CHUNK_BYTES = 0x8000

export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES))
  }
  return btoa(text)
}
