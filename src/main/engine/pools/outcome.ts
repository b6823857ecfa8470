// How a message that a server was given has ended.
import type { ErrorCode } from '../../../shared/protocol/errors'

/** `abandoned`: its client has left, or the server was removed: it says nothing about the server. */
export type Outcome =
  | 'answered'
  | 'unreachable'
  | 'closed'
  | 'silent'
  | 'badAnswer'
  | 'wrongHash'
  | 'errorAnswer'
  | 'abandoned'

const OUTCOMES: Partial<Record<ErrorCode, Outcome>> = {
  SERVER_UNREACHABLE: 'unreachable',
  SERVER_CONNECT_TIMEOUT: 'unreachable',
  SERVER_CLOSED: 'closed',
  SERVER_TIMEOUT: 'silent',
  SERVER_BAD_ANSWER: 'badAnswer',
}

/** The outcome of a message without an answer. */
export function outcomeOf(code: ErrorCode): Outcome {
  return OUTCOMES[code] ?? 'abandoned'
}
