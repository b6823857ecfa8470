// Checks a client: each requirement on a fresh start.

import type { StartProgram } from '../programs'
import { ClientStage, spellingOf } from './client-stage'
import { CLIENT_REQUIREMENTS } from './requirements/client'
import type { Requirement } from './requirements/requirement'
import type { HomeworkResult } from './result'
import { DEFAULT_LIMITS } from './stage'
import { type CheckOptions, tryAll } from './try-all'
import { notTried, tryRequirement } from './try-requirement'

interface ClientCheck extends CheckOptions<ClientStage> {
  readonly start: StartProgram
  /** The places in its command. */
  readonly places: ReadonlySet<string>
}

/** Without it there is nothing to answer. */
const FIRST = 'one-question'
const ALONE = 'nobody-listens'

export async function checkClient(check: ClientCheck): Promise<HomeworkResult> {
  const { limits = DEFAULT_LIMITS, start, places, signal } = check
  let spelling: string | undefined
  const attempt = (requirement: Requirement<ClientStage>) => {
    let stage: ClientStage | undefined
    return tryRequirement(
      requirement,
      async () => {
        stage = await ClientStage.prepare({ limits, start, places })
        return stage
      },
      signal,
    ).finally(() => {
      const came = stage?.questions[0]
      if (came?.received.message?.type === 0) spelling ??= spellingOf(came.received)
    })
  }
  const first = CLIENT_REQUIREMENTS.find(({ id }) => id === FIRST)
  if (first === undefined) throw new Error(`There is no requirement ${FIRST}.`)
  const startedAt = performance.now()
  const trial = await attempt(first)
  return tryAll(check, CLIENT_REQUIREMENTS, {
    kind: 'client',
    dialect: spelling ?? 'unknown: no question came',
    startedAt,
    attempt: async (requirement) => {
      if (requirement.id === FIRST) return { ...trial, points: requirement.points }
      if (trial.outcome === 'passed' || requirement.id === ALONE) return attempt(requirement)
      return notTried(requirement, `it needs ${FIRST}, which did not pass`)
    },
  })
}
