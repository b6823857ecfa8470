// Sends the same arrivals through two to four labs in memory, each in a thread of its own.
import * as v from 'valibot'
import {
  type ComparisonUpdate,
  comparisonRequest,
  type RunningComparison,
} from '../../shared/compare/comparison'
import { UNQUOTED } from '../../shared/issue-text'
import { startComparison } from './comparison'
import { labThreads } from './lab-thread'

/** Checks the request and starts the comparison; calls `tell` until it is done. */
export type Compare = (
  asked: unknown,
  tell: (update: ComparisonUpdate) => void,
) => RunningComparison

/** `script`: the bundle of lab-worker.ts. */
export function createCompare(script: string): Compare {
  const startLab = labThreads(script)
  return (asked, tell) => {
    const request = v.safeParse(comparisonRequest, asked, UNQUOTED)
    if (request.success) return startComparison(request.output, startLab, tell)
    const [issue] = request.issues
    const path = v.getDotPath(issue)
    tell({ kind: 'failed', error: path ? `${path}: ${issue.message}` : issue.message })
    return { end: () => {}, stop: () => {} }
  }
}
