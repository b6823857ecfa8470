// Tries one requirement on one fresh start, and gathers the evidence.
import type { CheckedRequirement, Evidence } from '../../shared/check/result'
import { errorText } from '../../shared/error-text'
import { shortened } from '../../shared/format'
import { lastException } from '../programs'
import { RequirementFailed } from './failed'
import type { Requirement } from './requirements/requirement'
import type { Stage } from './stage'

/** The longest that one requirement takes on an idle machine. */
const LONGEST_MS = 40_000
const SENT_SHOWN = 4
const LINES_SHOWN = 8
/** A port was taken by another program between its choice and the start. */
const PORT_TAKEN = /address already in use|EADDRINUSE|only one usage of each socket address/i
const STARTS = 3
/** What Python's input() and Java's Scanner throw without a keyboard. */
const NO_KEYBOARD = /^EOFError|NoSuchElementException: No line found/
const KEYBOARD_HINT =
  'It waits for somebody to type, and the check has no keyboard: take what it needs from the command line.'

/** Rejects with an Error for the user if the program cannot be started. */
export async function tryRequirement<S extends Stage>(
  requirement: Requirement<S>,
  start: () => Promise<S>,
  signal?: AbortSignal,
): Promise<CheckedRequirement> {
  for (let started = 1; ; started++) {
    if (signal?.aborted) return stopped(requirement)
    const stage = await start()
    const stop = () => stage.changes.end()
    signal?.addEventListener('abort', stop)
    const checked = await tryOn(requirement, stage)
    signal?.removeEventListener('abort', stop)
    if (signal?.aborted && checked.outcome !== 'passed') return stopped(requirement)
    const isPortTaken = stage.lines.some(({ text }) => PORT_TAKEN.test(text))
    if (checked.outcome === 'passed' || !isPortTaken || started === STARTS) return checked
  }
}

async function tryOn<S extends Stage>(
  requirement: Requirement<S>,
  stage: S,
): Promise<CheckedRequirement> {
  const { id, title, why, hint, points } = requirement
  const about = { id, title, why, hint, points }
  const tookMs = () => Math.round(stage.wire.elapsedMs())
  const isLate = Symbol('late')
  try {
    const run = requirement.run(stage)
    const late = stage.changes.until(() => undefined, LONGEST_MS).then(() => isLate)
    if ((await Promise.race([run, late])) === isLate) {
      throw stage.failed('hangs', stage.waitingFor, `it took more than ${LONGEST_MS / 1000} s`)
    }
    return { ...about, outcome: 'passed', tookMs: tookMs() }
  } catch (error) {
    const { startFault } = stage.end ?? {}
    if (startFault !== undefined) {
      throw new Error(`The program could not be started: ${startFault}.`)
    }
    if (!(error instanceof RequirementFailed)) {
      return { ...about, outcome: 'not tried', reason: errorText(error), tookMs: tookMs() }
    }
    const { how } = error
    const evidence = evidenceOf(stage, error)
    const waitsForKeys = NO_KEYBOARD.test(evidence.exception?.text ?? '')
    const where = waitsForKeys ? KEYBOARD_HINT : (error.hint ?? hint)
    return { ...about, hint: where, outcome: 'failed', how, evidence, tookMs: tookMs() }
  } finally {
    await stage.close()
  }
}

function evidenceOf(stage: Stage, { expected, came }: RequirementFailed): Evidence {
  const { events } = stage.wire
  const sent = events.flatMap((event) =>
    event.type === 'sent'
      ? [`${event.peer}: ${shortened(event.text, 200)} (${event.length} bytes)`]
      : [],
  )
  const lines = stage.lines.map(({ text }) => text)
  const exception = lastException(lines)
  return {
    sent: sent.slice(-SENT_SHOWN),
    expected,
    came,
    lastWords: lines.slice(-LINES_SHOWN),
    ...(exception && { exception }),
    exchange: [...events],
    startedAt: stage.wire.startedAt,
    tookMs: stage.wire.roundedMs(),
  }
}

function stopped(requirement: Requirement<never>): CheckedRequirement {
  return notTried(requirement, 'the check was stopped')
}

export function notTried(
  { id, title, why, hint, points }: Requirement<never>,
  reason: string,
): CheckedRequirement {
  return { id, title, why, hint, points, outcome: 'not tried', reason, tookMs: 0 }
}
