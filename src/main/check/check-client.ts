// Checks a client: each requirement on a fresh start.

import type { HomeworkResult } from '../../shared/check/result'
import type { StartProgram } from '../programs'
import { ClientStage, spellingOf } from './client-stage'
import { ASSIGNED, asTexts, type Dialect, dialectWords } from './dialect'
import { CLIENT_REQUIREMENTS } from './requirements/client'
import type { Requirement } from './requirements/requirement'
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
/** Students write these files themselves: a client may read another spelling than the assignment's. */
const OTHER_PACKETS: readonly Dialect[] = [
  { ...ASSIGNED, questionKey: 'privPolyId' },
  asTexts(ASSIGNED),
  asTexts({ ...ASSIGNED, questionKey: 'privPolyId' }),
]

export async function checkClient(check: ClientCheck): Promise<HomeworkResult> {
  const { limits = DEFAULT_LIMITS, start, places, signal } = check
  let spelling: string | undefined
  const attempt = (requirement: Requirement<ClientStage>, packet: Dialect) => {
    let stage: ClientStage | undefined
    return tryRequirement(
      requirement,
      async () => {
        stage = await ClientStage.prepare({ limits, start, places, packet })
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
  let packet = ASSIGNED
  let trial = await attempt(first, packet)
  for (const other of places.has('packet') ? OTHER_PACKETS : []) {
    if (trial.how !== 'ends') break
    const tried = await attempt(first, other)
    if (tried.outcome === 'passed') [trial, packet] = [tried, other]
  }
  const reads = packet === ASSIGNED ? [] : [`reads packet files with ${dialectWords(packet)}`]
  const words = [spelling ?? 'unknown: no question came', ...reads].join('; ')
  return tryAll(check, CLIENT_REQUIREMENTS, {
    kind: 'client',
    dialect: words,
    startedAt,
    attempt: async (requirement) => {
      if (requirement.id === FIRST) return { ...trial, points: requirement.points }
      if (trial.outcome === 'passed' || requirement.id === ALONE)
        return attempt(requirement, packet)
      return notTried(requirement, `it needs ${FIRST}, which did not pass`)
    },
  })
}
