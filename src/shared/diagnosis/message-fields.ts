// The fields of a message in the protocol's order: those that it has, those that it lacks, and those of its own.
import type { PacketKind } from '../events'
import { shortened } from '../format'

export interface FieldLine {
  name: string
  /** The value as JSON text; undefined if the field is absent. */
  value: string | undefined
  extra: boolean
}

const EXPECTED: Record<0 | 1 | 2, readonly string[]> = {
  0: ['type', 'srcid', 'privPoliId', 'payloadsize', 'payload'],
  1: ['type', 'id', 'privPolyId', 'listenport'],
  2: ['type', 'srcid', 'destid', 'payloadsize', 'payload'],
}

/** The two spellings of the policy's key, which programs use for one another. */
const OTHER_SPELLING = new Map([
  ['privPoliId', 'privPolyId'],
  ['privPolyId', 'privPoliId'],
])

const LONGEST = 300

type Fields = Readonly<Record<string, unknown>>

export function fieldLines(kind: PacketKind, fields: Fields): FieldLine[] {
  const expected = expectedOf(kind === 'error' ? 2 : kind, fields)
  const known = new Set(kind === 'error' ? [...expected, 'error'] : expected)
  const lines = expected.map((name) => lineOf(name, fields, false))
  for (const name of Object.keys(fields)) {
    if (!expected.includes(name)) lines.push(lineOf(name, fields, !known.has(name)))
  }
  return lines
}

/** Lists the names that the protocol does not know in a message of this type; none for an unknown type. */
export function unknownFields(fields: Fields): string[] {
  const type = typeOf(fields)
  if (type === undefined) return []
  const known = new Set(expectedOf(type, fields))
  if (type === 2) known.add('error')
  return Object.keys(fields).filter((name) => !known.has(name))
}

function typeOf({ type }: Fields): 0 | 1 | 2 | undefined {
  const written = typeof type === 'string' ? type.trim() : type
  return TYPES.find((known) => written === known || written === String(known))
}

const TYPES = [0, 1, 2] as const

function expectedOf(type: 0 | 1 | 2, fields: Fields): string[] {
  return EXPECTED[type].map((name) => {
    const other = OTHER_SPELLING.get(name)
    return !Object.hasOwn(fields, name) && other && Object.hasOwn(fields, other) ? other : name
  })
}

function lineOf(name: string, fields: Fields, extra: boolean): FieldLine {
  const value = Object.hasOwn(fields, name)
    ? shortened(JSON.stringify(fields[name]), LONGEST)
    : undefined
  return { name, value, extra }
}
