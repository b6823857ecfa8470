// How the relays that look read messages: each is parsed, and its fields are checked.
import { part } from './relay-sockets'

const CLOSING_BRACE = 0x7d

export interface Fields {
  readonly type: unknown
  readonly srcid?: unknown
  readonly destid?: unknown
  readonly id?: unknown
  readonly privPoliId?: unknown
  readonly privPolyId?: unknown
  readonly listenport?: unknown
  readonly payload?: unknown
}

/**
 * Calls back with each message of a read and its fields, and returns where the unfinished rest begins. A message ends at the
 * first `}` before which JSON is complete, which `JSON.parse` proves.
 */
export function readMessages(
  bytes: Buffer,
  take: (message: Buffer, fields: Fields, end: number) => void,
): number {
  let from = 0
  for (let end = 0; ; ) {
    end = bytes.indexOf(CLOSING_BRACE, end) + 1
    if (end === 0) return from
    const fields = parsed(bytes.toString('utf8', from, end))
    if (fields === undefined) continue
    take(part(bytes, from, end), fields, end)
    from = end
  }
}

function parsed(text: string): Fields | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An id may be a number or a string; throws for anything else. */
export function idIn(value: unknown): string {
  if (typeof value !== 'number' && typeof value !== 'string') throw new Error('An id is missing.')
  return String(value)
}

export function payloadOf({ payload }: Fields): string {
  if (typeof payload !== 'string') throw new Error('A payload is missing.')
  return payload
}
