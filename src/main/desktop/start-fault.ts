// Describes why the app cannot start: a sentence if the error is one of ours, and for any other
// error also its stack, for the log.
import { problemOf } from '../../shared/problem'
import { problemText } from '../log'

interface StartFault {
  message: string
  /** The error's name and stack, for the log; absent if the message is a sentence of ours. */
  logText?: string
}

export function startFault(reason: unknown, version: string): StartFault {
  if (isSentence(reason)) return { message: reason.message }
  const problem = problemOf(reason, `Roundabout ${version}, engine`)
  return { message: problem.message, logText: problemText(problem) }
}

/**
 * Our errors are plain errors with a whole sentence. Those of the system and the language have a
 * name, a code or no full stop.
 */
function isSentence(reason: unknown): reason is Error {
  return (
    reason instanceof Error &&
    reason.name === 'Error' &&
    !('code' in reason) &&
    /^[A-Z-].*\.$/s.test(reason.message)
  )
}
