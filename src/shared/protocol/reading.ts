// Parses a packet's bytes on demand: most packets are never looked at, so nothing is parsed on
// arrival.
import { foreignAnswerWords } from './fault-answer'
import { type Message, readMessage } from './message'
import { MessageScanner } from './scanner'

export type ReadBytes =
  | { kind: 'message'; fields: Readonly<Record<string, unknown>>; message: Message }
  /** An object that is not a message; `problem` says why. */
  | { kind: 'other'; fields: Readonly<Record<string, unknown>>; problem: string }
  | { kind: 'unreadable'; problem: string }

const readings = new WeakMap<Uint8Array, ReadBytes>()
const textOf = new TextDecoder('utf-8', { fatal: true })

/** Parses these bytes, once per array. */
export function readBytes(bytes: Uint8Array): ReadBytes {
  const known = readings.get(bytes)
  if (known) return known
  const reading = read(bytes)
  readings.set(bytes, reading)
  return reading
}

function read(bytes: Uint8Array): ReadBytes {
  let value: unknown
  try {
    value = JSON.parse(textOf.decode(bytes))
  } catch {
    return { kind: 'unreadable', problem: problemOf(bytes) }
  }
  if (!isObject(value)) return { kind: 'unreadable', problem: problemOf(bytes) }
  const message = readMessage(value)
  if (!message.ok) return { kind: 'other', fields: value, problem: message.fault.message }
  return { kind: 'message', fields: value, message: message.value }
}

/** What the answer on the wire says of them too. */
function problemOf(bytes: Uint8Array): string {
  const answer = foreignAnswerWords(bytes)
  if (answer !== undefined) return answer
  const scanner = new MessageScanner()
  const items = scanner.push(bytes)
  const rest = scanner.giveUp()
  if (rest) items.push(rest)
  const [first] = items
  if (items.length === 1 && first?.kind === 'fault') return first.fault.message
  return first === undefined
    ? 'There is nothing in these bytes but white space.'
    : `The bytes are not one JSON object: something follows it, from byte ${first.end} on.`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
