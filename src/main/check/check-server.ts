// Checks a server: finds the dialect of the questions that it takes, then tries each requirement on a fresh start.

import type { CheckedRequirement, HomeworkResult } from '../../shared/check/result'
import type { StartProgram } from '../programs'
import { ASSIGNED, type Dialect } from './dialect'
import { findDialect } from './find-dialect'
import { type Hashing, SHA1 } from './hashing'
import type { Requirement } from './requirements/requirement'
import { SERVER_REQUIREMENTS } from './requirements/server'
import { byRubric } from './rubric'
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
const ACKNOWLEDGEMENT =
  'waits for an answer to its registration, which the protocol does not have (it gets one in the other requirements)'
const ACKNOWLEDGEMENT_HINT =
  'Remove the recv after the registration: no answer comes. Close that connection, listen, and accept.'

export async function checkServer(check: ServerCheck): Promise<HomeworkResult> {
  const { limits = DEFAULT_LIMITS, start, places, signal, lanes = DEFAULT_LANES } = check
  let acknowledges = false
  let hashing: Hashing | undefined
  const attempt = (requirement: Requirement<ServerStage>, dialect: Dialect, part = 1) =>
    tryRequirement(
      requirement,
      () => {
        const partly = { ...limits, answerMs: limits.answerMs * part }
        const asked = { limits: partly, dialect, start, places, acknowledges }
        return ServerStage.start({ ...asked, ...(hashing && { hashing }) })
      },
      signal,
    )
  const first = SERVER_REQUIREMENTS.find(({ id }) => id === FIRST)
  if (first === undefined) throw new Error(`There is no requirement ${FIRST}.`)
  const startedAt = performance.now()
  if (asksForNoAnswer(check)) {
    return tryAll(check, SERVER_REQUIREMENTS, {
      kind: 'server',
      dialect: 'not looked for: no answer is asked for',
      startedAt,
      attempt: (requirement) => attempt(requirement, ASSIGNED),
    })
  }
  let made: Hashing | undefined
  const run = async (stage: ServerStage) => {
    made = await stage.askForAnything()
  }
  const trial = { ...first, run }
  const find = () => findDialect((tried) => attempt(trial, tried, TRIAL_PART), lanes)
  let found = await find()
  let answered =
    found.trial.outcome === 'passed' ? await attempt(first, found.dialect) : found.trial
  let canBeAsked = answered.outcome === 'passed'
  if (waitsAfterRegistration(answered)) {
    acknowledges = true
    const acknowledged = await find()
    canBeAsked = acknowledges = acknowledged.trial.outcome === 'passed'
    if (canBeAsked) {
      found = { ...acknowledged, words: `${acknowledged.words}, ${ACKNOWLEDGEMENT}` }
      answered = { ...answered, hint: ACKNOWLEDGEMENT_HINT }
    }
  }
  const { dialect } = found
  if (answered.how === 'wrong' && !canBeAsked && made !== undefined && made !== SHA1) {
    hashing = made
    canBeAsked = true
    const words = `${made.words} (taken for right in the other requirements)`
    found = { ...found, words: `${found.words}, ${words}` }
  }
  return tryAll(check, SERVER_REQUIREMENTS, {
    kind: 'server',
    dialect: found.words,
    startedAt,
    attempt: async (requirement) => {
      if (requirement.id === FIRST) return { ...answered, points: requirement.points }
      if (canBeAsked) return attempt(requirement, dialect)
      if (BEFORE.includes(requirement.id)) return attempt(requirement, ASSIGNED)
      return notTried(requirement, `it needs ${FIRST}, which did not pass`)
    },
  })
}

/** A server that is half done answers in no dialect: looking for one takes a start of the program for each. */
function asksForNoAnswer({
  requirements = SERVER_REQUIREMENTS,
  rubric = {},
}: CheckOptions<ServerStage>) {
  return byRubric(requirements, rubric).every(({ id }) => BEFORE.includes(id))
}

/** It has registered, keeps that connection open, and never listens. */
function waitsAfterRegistration({ outcome, evidence }: CheckedRequirement): boolean {
  if (outcome !== 'failed' || evidence === undefined) return false
  const types = evidence.exchange.map<string>(({ type }) => type)
  return (
    types.includes('received') &&
    !['opened', 'ended', 'exited'].some((type) => types.includes(type))
  )
}
