// What there is to say when the app cannot start: a sentence where one of ours tells why, and for the log also where it
// happened where nobody had thought of it.
import { problemOf } from '../../shared/problem'
import { problemText } from '../log'

export interface StartFault {
  message: string
  /** For the log; absent where the message is a sentence of ours. */
  logText?: string
}

export function startFault(reason: unknown, version: string): StartFault {
  if (isSentence(reason)) return { message: reason.message }
  const problem = problemOf(reason, `Roundabout ${version}, engine`)
  return { message: problem.message, logText: problemText(problem) }
}

/** Ours are whole sentences in a plain error. What the system and the language throw has a name, a code or no full stop. */
function isSentence(reason: unknown): reason is Error {
  return (
    reason instanceof Error &&
    reason.name === 'Error' &&
    !('code' in reason) &&
    /^[A-Z-].*\.$/s.test(reason.message)
  )
}
