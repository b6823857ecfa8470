// What was wrong with a server's answers, in words: a mark for its card, and sentences for the inspector.
import { counted, formatCount } from '../format'
import type { RowState } from './state'

export interface AnswerFaults {
  /** `2 unreadable`, `1 hash wrong`, `3 destids wrong`, or the number of all. */
  readonly mark: string
  /** The same beside the number of answers: `2 unreadable`, `1 wrong`. */
  readonly short: string
  readonly details: string
  readonly count: number
}

type Counters = Pick<RowState, 'served' | 'unreadable' | 'wrongHashes' | 'misaddressed'>

export function answerFaultsOf(row: Counters): AnswerFaults | undefined {
  const { served, unreadable = 0, wrongHashes = 0, misaddressed = 0 } = row
  const kinds = [
    { count: unreadable, mark: `${formatCount(unreadable)} unreadable` },
    { count: wrongHashes, mark: `${counted(wrongHashes, 'hash', 'hashes')} wrong` },
    { count: misaddressed, mark: `${counted(misaddressed, 'destid')} wrong` },
  ].filter(({ count }) => count > 0)
  const [first, ...others] = kinds
  if (first === undefined) return undefined
  const sentences: string[] = []
  if (unreadable > 0) {
    sentences.push(`${counted(unreadable, 'answer')} could not be read: its packet says why.`)
  }
  if (wrongHashes > 0) {
    const remedy = served > wrongHashes ? NEW_OBJECT : WHOLE_PAYLOAD
    sentences.push(`${counted(wrongHashes, 'answer')} had a wrong hash. ${remedy}`)
  }
  if (misaddressed > 0) {
    sentences.push(`${counted(misaddressed, 'answer')} had a wrong destid. ${SAME_ID}`)
  }
  const count = kinds.reduce((sum, kind) => sum + kind.count, 0)
  const mark = others.length === 0 ? first.mark : counted(count, 'bad answer')
  const isUnreadable = count === unreadable
  const short = `${formatCount(count)} ${isUnreadable ? 'unreadable' : 'wrong'}`
  return { mark, short, details: sentences.join(' '), count }
}

/** A hash object that is updated again has the hash of all payloads so far. */
const NEW_OBJECT =
  'Others were right: does one hash object serve several payloads? Make a new hash object for each payload.'
const WHOLE_PAYLOAD =
  'The answer’s payload is the SHA-1 of the message’s payload alone, in UTF-8, as lower-case hex.'
const SAME_ID = 'The answer’s destid is the srcid of the message that it answers.'
