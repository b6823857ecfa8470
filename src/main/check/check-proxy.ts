// Checks a proxy: finds its dialect, then tries each requirement in it, each on a fresh start.

import type { CheckedRequirement, HomeworkResult } from '../../shared/check/result'
import type { StartProxy } from '../programs'
import type { Dialect } from './dialect'
import { findDialect, neverListened } from './find-dialect'
import { ProxyStage } from './proxy-stage'
import { PROXY_REQUIREMENTS } from './requirements/proxy'
import type { Requirement } from './requirements/requirement'
import { DEFAULT_LIMITS } from './stage'
import { type CheckOptions, DEFAULT_LANES, tryAll } from './try-all'
import { notTried, tryRequirement } from './try-requirement'

interface ProxyCheck extends CheckOptions<ProxyStage> {
  readonly start: StartProxy
  /** Whether it is not started afresh for each requirement: they are then tried one after another. */
  readonly isShared?: boolean
}

/** Without it nothing else can be said. */
const FIRST = 'one-exchange'
/** A dialect that is not the program's mostly ends in silence: a wait of this part of the usual one. */
const TRIAL_PART = 0.5
/** Ids of one requirement to those of the next, at a program that is not started afresh. */
const IDS_APART = 1_000

export async function checkProxy(check: ProxyCheck): Promise<HomeworkResult> {
  const { limits = DEFAULT_LIMITS, isShared = false, start, signal } = check
  let starts = 0
  const attempt = (requirement: Requirement<ProxyStage>, dialect: Dialect, part = 1) =>
    tryRequirement(
      requirement,
      () => {
        starts += 1
        return ProxyStage.start({
          limits: { ...limits, answerMs: limits.answerMs * part },
          dialect,
          start,
          idsFrom: isShared ? starts * IDS_APART : 0,
        })
      },
      signal,
    )
  const lanes = isShared ? 1 : (check.lanes ?? DEFAULT_LANES)
  const first = PROXY_REQUIREMENTS.find(({ id }) => id === FIRST)
  const startedAt = performance.now()
  let gone: CheckedRequirement | undefined
  const { dialect, words, trial } = await findDialect(async (tried) => {
    const checked = gone ?? (await attempt(trialOf(first), tried, TRIAL_PART))
    if (isShared && neverListened(checked)) gone = checked
    return checked
  }, lanes)
  if (isShared && neverListened(trial)) {
    throw new Error('Nothing listens on that port: start the program first.')
  }
  let last = FIRST
  let brokenBy: string | undefined
  return tryAll({ ...check, lanes }, PROXY_REQUIREMENTS, {
    kind: 'proxy',
    dialect: words,
    startedAt,
    attempt: async (requirement) => {
      if (requirement.id === FIRST && trial.outcome !== 'passed') {
        return { ...trial, points: requirement.points }
      }
      if (trial.outcome !== 'passed') {
        return notTried(requirement, `it needs ${FIRST}, which did not pass`)
      }
      if (isShared && brokenBy === undefined) {
        const { outcome } = await attempt(trialOf(first), dialect)
        if (outcome === 'failed') brokenBy = last
      }
      if (brokenBy !== undefined) return notTried(requirement, brokenWords(brokenBy))
      last = requirement.id
      return attempt(requirement, dialect)
    },
  })
}

/** What one requirement has broken is not to be held against the next. */
function brokenWords(id: string): string {
  return `the program serves nobody any more since ${id} (--command would start it afresh)`
}

/** An answer with the right hash is enough to know the dialect. */
function trialOf(first: Requirement<ProxyStage> | undefined): Requirement<ProxyStage> {
  if (first === undefined) throw new Error(`There is no requirement ${FIRST}.`)
  return {
    ...first,
    async run(stage) {
      await stage.server({ id: 100 })
      await stage.ask()
    },
  }
}
