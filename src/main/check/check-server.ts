// Checks a server: finds the dialect of the questions that it takes, then tries each requirement on a fresh start.

import type { StartProgram } from '../programs'
import { ASSIGNED, type Dialect } from './dialect'
import { findDialect } from './find-dialect'
import type { Requirement } from './requirements/requirement'
import { SERVER_REQUIREMENTS } from './requirements/server'
import type { HomeworkResult } from './result'
import { ServerStage } from './server-stage'
import { DEFAULT_LIMITS } from './stage'
import { type CheckOptions, DEFAULT_LANES, tryAll } from './try-all'
import { notTried, tryRequirement } from './try-requirement'

interface ServerCheck extends CheckOptions<ServerStage> {
  readonly start: StartProgram
  /** The places in its command. */
  readonly places: ReadonlySet<string>
}

/** Without it nothing is known about answers; what comes before it can still be tried. */
const FIRST = 'one-answer'
const BEFORE = ['registers', 'registration-fields']
const TRIAL_PART = 0.5

export async function checkServer(check: ServerCheck): Promise<HomeworkResult> {
  const { limits = DEFAULT_LIMITS, start, places, signal, lanes = DEFAULT_LANES } = check
  const attempt = (requirement: Requirement<ServerStage>, dialect: Dialect, part = 1) =>
    tryRequirement(
      requirement,
      () => {
        const answerMs = limits.answerMs * part
        return ServerStage.start({ limits: { ...limits, answerMs }, dialect, start, places })
      },
      signal,
    )
  const first = SERVER_REQUIREMENTS.find(({ id }) => id === FIRST)
  if (first === undefined) throw new Error(`There is no requirement ${FIRST}.`)
  const startedAt = performance.now()
  const trial = { ...first, run: (stage: ServerStage) => stage.askForAnything() }
  const found = await findDialect((tried) => attempt(trial, tried, TRIAL_PART), lanes)
  const { dialect } = found
  const answered = found.trial.outcome === 'passed' ? await attempt(first, dialect) : found.trial
  return tryAll(check, SERVER_REQUIREMENTS, {
    kind: 'server',
    dialect: found.words,
    startedAt,
    attempt: async (requirement) => {
      if (requirement.id === FIRST) return { ...answered, points: requirement.points }
      if (answered.outcome === 'passed') return attempt(requirement, dialect)
      if (BEFORE.includes(requirement.id)) return attempt(requirement, ASSIGNED)
      return notTried(requirement, `it needs ${FIRST}, which did not pass`)
    },
  })
}
