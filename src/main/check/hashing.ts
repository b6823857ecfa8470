// What a server makes of a payload. The protocol's is SHA-1 in hex; a server that does otherwise fails that requirement, and is
// asked everything else in its own way, so that one slip does not hide the rest.
import { createHash } from 'node:crypto'
import { sha1 } from './dialect'

export interface Hashing {
  /** As a part of the line about the dialect; empty for the protocol's own. */
  readonly words: string
  /** What to mend. */
  readonly hint?: string
  of(payload: string): string
}

export const SHA1: Hashing = { words: '', of: sha1 }

const IN_LOWER_CASE = 'Send the hash in lower case, as hexdigest() and digest("hex") give it.'
const THE_PAYLOAD_ALONE =
  'Hash the payload’s own bytes, without quotation marks, a newline or the rest of the message.'

/** Those that were seen, or are a slip away. */
const OTHERS: readonly Hashing[] = [
  {
    words: 'writes its hash in capitals',
    hint: IN_LOWER_CASE,
    of: (payload) => sha1(payload).toUpperCase(),
  },
  ...['md5', 'sha256', 'sha512', 'sha224', 'sha384'].map((name) => ({
    words: `hashes with ${name.toUpperCase()}`,
    hint: `SHA-1 is wanted: hashlib.sha1, createHash('sha1'). This is ${name.toUpperCase()}.`,
    of: (payload: string) => createHash(name).update(payload).digest('hex'),
  })),
  {
    words: 'writes its hash in Base64',
    hint: 'Send the hash in hex: hexdigest(), digest("hex").',
    of: (payload) => createHash('sha1').update(payload).digest('base64'),
  },
  {
    words: 'hashes the payload with its quotation marks',
    hint: THE_PAYLOAD_ALONE,
    of: (payload) => sha1(JSON.stringify(payload)),
  },
  {
    words: 'hashes the payload with a newline',
    hint: THE_PAYLOAD_ALONE,
    of: (payload) => sha1(`${payload}\n`),
  },
  {
    words: 'sends the payload back, not its hash',
    hint: 'The answer’s payload is the SHA-1 of the question’s: hashlib.sha1(payload.encode()).hexdigest().',
    of: (payload) => payload,
  },
]

/** Which one has made this of the payload; undefined: none that is known. */
export function hashingOf(payload: string, made: string): Hashing | undefined {
  return [SHA1, ...OTHERS].find((one) => one.of(payload) === made)
}
