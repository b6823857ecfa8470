// What was tried before an attempt, and how the message waited, in words.
import { formatDuration, listed } from '../format'
import type { ErrorCode } from '../protocol/errors'
import type { AttemptFailure, Decision } from '../state/state'
import { visibly } from '../visible-controls'

/** After the server's name. Other failures just failed. */
const FAILED: Partial<Readonly<Record<ErrorCode, string>>> = {
  SERVER_UNREACHABLE: 'could not be reached',
  SERVER_CONNECT_TIMEOUT: 'did not accept the connection in time',
  SERVER_TIMEOUT: 'did not answer in time',
  SERVER_CLOSED: 'closed the connection without an answer',
  SERVER_BAD_ANSWER: 'sent something that is no answer',
  SERVER_REMOVED: 'was removed',
}

/** `100 could not be reached`. */
export function failedWords({ server, reason }: Pick<AttemptFailure, 'server' | 'reason'>): string {
  return visibly`${server} ${FAILED[reason] ?? 'failed'}`
}

/** Why there is another attempt: `100 could not be reached`. Without its cause: `100 failed`. */
export function triedWords({ failure, passedOver }: Decision): string {
  if (failure) return failedWords(failure)
  const tried = passedOver.filter(({ why }) => why === 'tried').map(({ server }) => server)
  return visibly`${tried.length === 0 ? 'the one before' : listed(tried)} failed`
}

/** How long it waited before this attempt: in the queue, or after the failure; empty if it did not. */
export function waitWords({ waitedMs, failure, at }: Decision): string {
  if (waitedMs !== undefined) return `it came out of the queue after ${formatDuration(waitedMs)}`
  const backoffMs = failure === undefined ? 0 : at - failure.at
  return backoffMs < 1 ? '' : `it was tried again after ${formatDuration(backoffMs)}`
}

/** `health was ignored: 1 of 4 healthy is below 50 %`; empty if it was not. */
export function panicWords({ panic, healthy, of, panicBelow, candidates }: Decision): string {
  if (panic !== true) return ''
  if (panicBelow === undefined) return 'health was ignored'
  // Older recordings have another count, or none.
  if (healthy === undefined || of === undefined) {
    return `health was ignored: fewer than ${panicBelow} % were healthy`
  }
  const words = `health was ignored: ${healthy} of ${of} healthy is below ${panicBelow} %`
  return of === candidates.length ? words : `${words}; ${APART}`
}

/** Whom a panic leaves out. */
const APART = 'backups count apart, servers that drain do not count'
