// Parses a packet's bytes on demand: most packets are never looked at, so nothing is parsed on
// arrival.
import { type Message, readMessage } from './message'

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
  let text: string
  try {
    text = textOf.decode(bytes)
  } catch {
    return { kind: 'unreadable', problem: 'The bytes are not UTF-8.' }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: 'unreadable', problem: 'The bytes are not JSON.' }
  }
  const message = readMessage(value)
  if (!isObject(value)) {
    return { kind: 'unreadable', problem: message.ok ? 'Not an object.' : message.fault.message }
  }
  if (!message.ok) return { kind: 'other', fields: value, problem: message.fault.message }
  return { kind: 'message', fields: value, message: message.value }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
