// What bytes are that start no message of this protocol, and the tools with which each recogniser is written. A recogniser
// looks at the first bytes only, and what it says of some bytes holds for them and all that may follow: so the finding
// does not depend on how the stream was cut into reads.
import type { ErrorCode, ReplyForm } from '../../protocol/errors'

export interface Finding {
  /** The name of the recogniser's kind, for tests and for a test's title. */
  readonly kind: string
  readonly code: ErrorCode
  /** What the bytes are, and what mends it: two short sentences. */
  readonly text: string
  /** Left out: the answer is a message of this protocol. */
  readonly replyAs?: ReplyForm
}

/** The first bytes that are no message. */
export interface Head {
  /** One character a byte (Latin-1), so that patterns can be written for any bytes. */
  readonly text: string
  /** Nothing more comes: a recogniser has to decide. */
  readonly ended: boolean
  /** At least one message came before on this connection. */
  readonly afterMessage: boolean
}

type Recognition = Finding | 'undecided' | undefined
export type Recogniser = (head: Head) => Recognition

type Told = Omit<Finding, 'kind'>

/**
 * Fires where the first bytes match `is`. Bytes that match `maybe` are too few to tell. Both patterns must be anchored at
 * the start, `maybe` also at the end.
 */
export function pattern(
  kind: string,
  is: RegExp,
  maybe: RegExp,
  told: Told | ((match: RegExpExecArray) => Told | undefined),
): Recogniser {
  return ({ text, ended }) => {
    const match = is.exec(text)
    if (match) {
      const found = typeof told === 'function' ? told(match) : told
      return found && { kind, ...found }
    }
    return !ended && maybe.test(text) ? 'undecided' : undefined
  }
}

/** Fires where the bytes start with one of these texts. */
export function magic(kind: string, starts: readonly string[], told: Told): Recogniser {
  return ({ text, ended }) => {
    if (starts.some((start) => text.startsWith(start))) return { kind, ...told }
    return !ended && starts.some((start) => start.startsWith(text)) ? 'undecided' : undefined
  }
}

/** `80 04 95`. */
export function hexBytes(text: string): string {
  return Array.from(text, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(' ')
}

export function protocol(what: string, remedy: string, replyAs?: ReplyForm): Told {
  return {
    code: 'OTHER_PROTOCOL',
    text: `These bytes are ${what}. ${remedy}`,
    ...(replyAs && { replyAs }),
  }
}

export function serialisation(what: string, remedy: string): Told {
  return { code: 'OTHER_SERIALISATION', text: `These bytes are ${what}, not JSON. ${remedy}` }
}

export function framing(what: string, remedy: string): Told {
  return { code: 'OTHER_FRAMING', text: `${what} ${remedy}` }
}

export function notJson(text: string): Told {
  return { code: 'NOT_JSON', text }
}
