// Whether an answer is right: it says the hash of what was asked.
import crypto, { createHash } from 'node:crypto'
import type { ScanResult } from '../../../shared/protocol/scanner'

export type Verdict = 'correct' | 'wrong' | 'error'

/** `crypto.hash` takes a third of the time; Electron 25 lacks it. */
const sha1: (payload: string) => string =
  'hash' in crypto
    ? (payload) => crypto.hash('sha1', payload)
    : (payload) => createHash('sha1').update(payload).digest('hex')

/**
 * The hashes of short payloads. An inside server and the client that checks its answer ask for the same one, and most
 * traffic repeats its payloads.
 */
const known = new Map<string, string>()
const MOST_KNOWN = 512
const SHORT = 256

/** Lower-case hex SHA-1 of the payload's UTF-8 bytes. */
export function hashOf(payload: string): string {
  if (payload.length > SHORT) return sha1(payload)
  let hash = known.get(payload)
  if (hash === undefined) {
    hash = sha1(payload)
    if (known.size === MOST_KNOWN) known.clear()
    known.set(payload, hash)
  }
  return hash
}

/** On what the client of this question got: an answer without an error, or something else. */
export function verdictOn(got: ScanResult | undefined, asked: string): Verdict {
  const message = got?.kind === 'message' ? got.message : undefined
  if (message?.type !== 2 || message.error) return 'error'
  return verdictOnHash(message.payload, asked)
}

export function verdictOnHash(hash: string, asked: string): 'correct' | 'wrong' {
  return hash === hashOf(asked) ? 'correct' : 'wrong'
}
