// What was wrong with a server's answers, in words: a mark for its card, and sentences for the inspector.
import { counted, formatCount } from '../format'
import type { RowState } from './state'

export interface AnswerFaults {
  /** `2 unreadable`, `1 hash wrong`, or the number of both. */
  readonly mark: string
  readonly details: string
  readonly count: number
}

type Counters = Pick<RowState, 'served' | 'unreadable' | 'wrongHashes'>

export function answerFaultsOf({
  served,
  unreadable = 0,
  wrongHashes = 0,
}: Counters): AnswerFaults | undefined {
  if (unreadable + wrongHashes === 0) return undefined
  const sentences: string[] = []
  if (unreadable > 0) {
    sentences.push(`${counted(unreadable, 'answer')} could not be read: its packet says why.`)
  }
  if (wrongHashes > 0) {
    const remedy = served > wrongHashes ? NEW_OBJECT : WHOLE_PAYLOAD
    sentences.push(`${counted(wrongHashes, 'answer')} had a wrong hash. ${remedy}`)
  }
  const count = unreadable + wrongHashes
  return { mark: markOf(unreadable, wrongHashes), details: sentences.join(' '), count }
}

function markOf(unreadable: number, wrongHashes: number): string {
  if (wrongHashes === 0) return `${formatCount(unreadable)} unreadable`
  if (unreadable > 0) return counted(unreadable + wrongHashes, 'bad answer')
  return `${formatCount(wrongHashes)} ${wrongHashes === 1 ? 'hash' : 'hashes'} wrong`
}

/** A hash object that is updated again has the hash of all payloads so far. */
const NEW_OBJECT =
  'Others were right: does one hash object serve several payloads? Make a new hash object for each payload.'
const WHOLE_PAYLOAD =
  'The answer’s payload is the SHA-1 of the message’s payload alone, in UTF-8, as lower-case hex.'
