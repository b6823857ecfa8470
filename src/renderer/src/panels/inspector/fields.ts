// A message's fields as they were written, in the protocol's order, with those that it lacks and those that it has
// beyond the protocol.
import type { PacketKind } from '../../../../shared/events'
import { shortened } from '../../text/format'

interface FieldLine {
  name: string
  /** JSON text, as it was written; undefined where the field is absent. */
  value: string | undefined
  extra: boolean
}

const EXPECTED: Record<0 | 1 | 2, readonly string[]> = {
  0: ['type', 'srcid', 'privPoliId', 'payloadsize', 'payload'],
  1: ['type', 'id', 'privPolyId', 'listenport'],
  2: ['type', 'srcid', 'destid', 'payloadsize', 'payload'],
}

/** Either spelling of the policy's key stands in for the other. */
const OTHER_SPELLING = new Map([
  ['privPoliId', 'privPolyId'],
  ['privPolyId', 'privPoliId'],
])

const LONGEST = 300

export function fieldLines(
  kind: PacketKind,
  fields: Readonly<Record<string, unknown>>,
): FieldLine[] {
  const expected = EXPECTED[kind === 'error' ? 2 : kind].map((name) => {
    const other = OTHER_SPELLING.get(name)
    return !Object.hasOwn(fields, name) && other && Object.hasOwn(fields, other) ? other : name
  })
  const known = new Set(kind === 'error' ? [...expected, 'error'] : expected)
  const lines = expected.map((name) => lineOf(name, fields, false))
  for (const name of Object.keys(fields)) {
    if (!expected.includes(name)) lines.push(lineOf(name, fields, !known.has(name)))
  }
  return lines
}

function lineOf(
  name: string,
  fields: Readonly<Record<string, unknown>>,
  extra: boolean,
): FieldLine {
  const value = Object.hasOwn(fields, name)
    ? shortened(JSON.stringify(fields[name]), LONGEST)
    : undefined
  return { name, value, extra }
}
