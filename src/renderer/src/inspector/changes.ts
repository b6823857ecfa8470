// The changes that an edit made to a message, by field.

import { shortened } from '../../../shared/format'
import { readBytes } from '../../../shared/protocol/reading'

interface Change {
  name: string
  /** JSON text; undefined where the message has no such field. */
  before: string | undefined
  after: string | undefined
}

const LONGEST = 120

/** Undefined if one of the two is not a JSON object: then only the bytes can be compared. */
export function changesOf(before: Uint8Array, after: Uint8Array): Change[] | undefined {
  const old = readBytes(before)
  const now = readBytes(after)
  if (old.kind === 'unreadable' || now.kind === 'unreadable') return undefined
  const names = new Set([...Object.keys(old.fields), ...Object.keys(now.fields)])
  const changes: Change[] = []
  for (const name of names) {
    const was = textOf(old.fields, name)
    const is = textOf(now.fields, name)
    if (was !== is) changes.push({ name, before: short(was), after: short(is) })
  }
  return changes
}

function textOf(fields: Readonly<Record<string, unknown>>, name: string): string | undefined {
  return Object.hasOwn(fields, name) ? JSON.stringify(fields[name]) : undefined
}

function short(text: string | undefined): string | undefined {
  return text && shortened(text, LONGEST)
}
